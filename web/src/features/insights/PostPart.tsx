// One post's numbers: the curve, where its readers came from, and what is counted.
import { ExternalLink, X } from "lucide-react";
import { useScope } from "@/api/scope";
import type { PostInsights } from "@/api/shapes";
import { short } from "@/lib/moments";
import { count, counted } from "@/lib/numbers";
import { Button, ButtonAway } from "@/ui/Button";
import { LineChart, Share } from "@/ui/Chart";
import { Section } from "@/ui/Page";
import { Thumb } from "@/ui/Portrait";
import { Table } from "@/ui/Table";
import { Time, useNow } from "@/ui/Time";
import { Behind } from "./Behind";
import { running } from "./running";

export function PostPart({ insights, onClose }: { insights: PostInsights; onClose: () => void }) {
  const { zone } = useScope();
  const now = useNow();
  const { post, points, sources } = insights;
  const at = (time: string) => short(new Date(time), zone, now);
  const total = sources.reduce((sum, one) => sum + one.views, 0);
  // Readers are counted on our own pages alone; elsewhere they are not known, which is not zero.
  const ours = post.account.platform === "page";
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-6 p-4 lg:overflow-y-auto">
      <div className="flex items-start gap-3">
        <Thumb src={post.content.thumbnail_url} className="w-14 rounded-md" />
        <div className="min-w-0 flex-1">
          <h2 dir="auto" className="line-clamp-3 text-lg font-semibold">
            {post.content.title || post.content.topic}
          </h2>
          <p className="text-ink-3">
            <span dir="auto">{post.account.name}</span>
            {post.posted_at && (
              <>
                , out <Time at={post.posted_at} />
              </>
            )}
          </p>
        </div>
        {post.permalink && (
          <ButtonAway tone="quiet" small icon={ExternalLink} href={post.permalink} label="Open the post" />
        )}
        <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
      </div>
      {ours && (
        <>
          <p className="figures text-lg">
            <span className="text-2xl font-semibold" data-figure="post-views">
              {count(insights.views)}
            </span>{" "}
            {insights.views === 1 ? "view" : "views"}, {counted(insights.clicks, "click")}
            <span className="text-base text-ink-3">, {counted(insights.bots, "bot")} not counted</span>
          </p>
          <Section title="Views since it went out">
            <LineChart
              name="Views since it went out"
              height={180}
              points={running(points).map((point) => ({ label: at(point.at), value: point.views }))}
            />
            <Behind
              label={`Views and clicks by ${insights.step}`}
              rows={[...points].reverse()}
              keyOf={(one) => one.at}
              columns={[
                { id: "at", title: insights.step === "hour" ? "Hour from" : "Day from", cell: (one) => at(one.at) },
                { id: "views", title: "Views", number: true, cell: (one) => count(one.views) },
                { id: "clicks", title: "Clicks", number: true, cell: (one) => count(one.clicks) },
              ]}
            />
          </Section>
        </>
      )}
      {sources.length > 0 && (
        <Section title="Where they came from">
          <Table
            label="Views by source"
            rows={sources}
            keyOf={(one) => one.source}
            columns={[
              { id: "source", title: "Source", cell: (one) => <span dir="auto">{one.source}</span> },
              { id: "share", title: "Share", cell: (one) => <Share value={one.views} of={total} /> },
              { id: "views", title: "Views", number: true, cell: (one) => count(one.views) },
            ]}
          />
        </Section>
      )}
      {!ours && insights.platform.length === 0 && (
        <p className="text-ink-2">
          Its platform has told nothing about it yet. It is asked again as the post gets older.
        </p>
      )}
      {insights.platform.length > 0 && (
        <Section title="What its platform says">
          <Table
            label="Numbers of the platform"
            rows={[...insights.platform].reverse()}
            keyOf={(one) => one.taken_at}
            columns={[
              { id: "at", title: "Asked", cell: (one) => at(one.taken_at) },
              { id: "likes", title: "Likes", number: true, cell: (one) => told(one.likes) },
              { id: "replies", title: "Replies", number: true, cell: (one) => told(one.replies) },
              { id: "reposts", title: "Reposts", number: true, cell: (one) => told(one.reposts) },
            ]}
          />
        </Section>
      )}
      {ours && <Definition text={insights.definition} />}
    </div>
  );
}

/** What was not told is not zero. */
const told = (value: number | null) => (value === null ? "not told" : count(value));

/** What the numbers mean, in words. */
export function Definition({ text }: { text: string }) {
  return (
    <Section title="What is counted">
      <p className="max-w-prose text-ink-2">{text}</p>
    </Section>
  );
}
