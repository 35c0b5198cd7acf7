// What goes out when, and which days are free?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { contentQuery } from "@/api/contents";
import { postQuery, postsQuery } from "@/api/posts";
import { useScope } from "@/api/scope";
import { Agenda } from "@/features/calendar/Agenda";
import { Month } from "@/features/calendar/Month";
import { PlanDialog } from "@/features/calendar/PlanDialog";
import { PostPanel } from "@/features/calendar/PostPanel";
import { byDay } from "@/features/calendar/place";
import { useMove } from "@/features/calendar/useMove";
import { PublishDialog } from "@/features/publish/PublishDialog";
import { addDays, addMonths, gaps, monthGrid, monthName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { wallAt } from "@/lib/zones";
import { Button, IconButton } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { Segments } from "@/ui/Tabs";
import { useNow } from "@/ui/Time";
import { useWide } from "@/ui/useWide";

const HORIZON = 14;

export function CalendarPage() {
  const navigate = useNavigate({ from: "/calendar" });
  const { clientId, client, zone: viewer, may } = useScope();
  const search = useSearch({ from: "/desk/calendar" });
  const wide = useWide();
  const zone = client?.zone ?? viewer;
  const today = wallAt(useNow(), zone).day;
  const month = search.month ?? today.slice(0, 7);
  const view = search.view ?? (wide ? "month" : "list");
  const shown = monthGrid(month).flat();
  const first = shown[0] ?? today;
  const last = shown.at(-1) ?? today;

  const posts = useQuery(
    postsQuery({ client: clientId, from: `${addDays(first, -1)}T00:00:00Z`, to: `${addDays(last, 2)}T00:00:00Z` }),
  );
  const { move, going } = useMove();
  const all = (posts.data ?? []).map((post) =>
    going?.id === post.id && going.at ? { ...post, wall_time: going.at.wall, zone: going.at.zone } : post,
  );
  const days = byDay(all);
  const free = new Set(gaps(today, HORIZON, new Set(days.keys())).filter((day) => day >= first && day <= last));
  const set = (changes: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...changes }) });

  const inMonth = [...days].filter(([day]) => day.startsWith(month)).reduce((sum, [, list]) => sum + list.length, 0);
  const answer =
    posts.data &&
    `${monthName(month)}: ${counted(inMonth, "post")}${free.size ? `, ${counted(free.size, "free day")} in the next two weeks` : ""}`;

  return (
    <Page
      title="Calendar"
      answer={answer}
      acts={
        <Turn
          view={view}
          onView={(next) => set({ view: next })}
          onTurn={(months) => set({ month: months ? addMonths(month, months) : undefined })}
        />
      }
    >
      <Beside
        label="Post"
        onClose={() => set({ post: undefined })}
        detail={
          search.post === undefined ? null : (
            <Picked key={search.post} id={search.post} onClose={() => set({ post: undefined })} />
          )
        }
      >
        {posts.error && <ErrorNote className="m-4" error={posts.error} onRetry={() => void posts.refetch()} />}
        {view === "month" ? (
          <div className="scroll-quiet min-h-0 flex-1 md:overflow-y-auto" aria-busy={posts.isPending}>
            <Month
              month={month}
              today={today}
              days={days}
              free={free}
              current={search.post}
              canPlan={may("publish")}
              onOpen={(post) => set({ post: post.id })}
              onMove={move}
            />
          </div>
        ) : (
          <Body className="pt-0 md:pt-1">
            {posts.isPending && <SkeletonRows rows={6} />}
            {posts.data && (
              <Agenda today={today} days={onlyOf(days, month)} free={free} current={search.post} zone={zone} />
            )}
            {posts.data && inMonth === 0 && free.size === 0 && (
              <p className="py-6 text-ink-3">Nothing stands in this month.</p>
            )}
          </Body>
        )}
      </Beside>
      {search.day && (
        <Plan
          day={search.day}
          planned={new Set(all.filter((post) => post.state !== "cancelled").map((post) => post.content.id))}
          onClose={() => set({ day: undefined })}
        />
      )}
    </Page>
  );
}

interface TurnProps {
  view: "month" | "list";
  onView: (view: "month" | "list") => void;
  /** By how many months; 0 is back to today. */
  onTurn: (months: number) => void;
}

function Turn({ view, onView, onTurn }: TurnProps) {
  return (
    <>
      <IconButton label="The month before" icon={ChevronLeft} onClick={() => onTurn(-1)} />
      <Button onClick={() => onTurn(0)}>Today</Button>
      <IconButton label="The month after" icon={ChevronRight} onClick={() => onTurn(1)} />
      <Segments
        label="View"
        value={view}
        onChange={onView}
        options={[
          { value: "month", label: "Month" },
          { value: "list", label: "List" },
        ]}
      />
    </>
  );
}

function Picked({ id, onClose }: { id: string; onClose: () => void }) {
  const post = useQuery(postQuery(id));
  if (post.data) return <PostPanel post={post.data} onClose={onClose} />;
  return (
    <div className="p-4">
      {post.error ? <ErrorNote error={post.error} onRetry={() => void post.refetch()} /> : <SkeletonRows rows={4} />}
    </div>
  );
}

/** First which video, then with which words. */
function Plan({ day, planned, onClose }: { day: string; planned: ReadonlySet<string>; onClose: () => void }) {
  const [content, setContent] = useState<string | null>(null);
  const detail = useQuery({ ...contentQuery(content ?? ""), enabled: content !== null });
  if (detail.data && content) return <PublishDialog open content={detail.data} day={day} onClose={onClose} />;
  return <PlanDialog day={day} planned={planned} onClose={onClose} onPick={setContent} />;
}

function onlyOf<T>(days: ReadonlyMap<string, T>, month: string): Map<string, T> {
  return new Map([...days].filter(([day]) => day.startsWith(month)));
}
