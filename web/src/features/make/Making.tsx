// One video while it is made: its stages, how far, how long still, and the way out.
import { useState } from "react";
import { isRunning, useCancelContent, useFormatName, useRetryContent } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { ContentDetail } from "@/api/shapes";
import { left } from "@/lib/moments";
import { Button, ButtonLink } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Facts, Section } from "@/ui/Page";
import { Thumb } from "@/ui/Portrait";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";
import { say } from "@/ui/Toast";
import { Stages } from "./Stages";

export function Making({ content }: { content: ContentDetail }) {
  const { may } = useScope();
  const [stopping, setStopping] = useState(false);
  const cancel = useCancelContent();
  const retry = useRetryContent();
  const format = useFormatName(content.format);
  const running = isRunning(content);
  const { progress } = content;
  const stopped = content.status === "failed" || content.status === "cancelled";

  return (
    <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[7fr_5fr]">
      <div className="flex min-w-0 flex-col gap-5">
        <div className="flex flex-wrap items-center gap-3">
          <State told={contentState(content.status)} />
          <span role="status" className="figures min-w-0 flex-1 text-ink-2">
            {running && [progress?.message, left(progress?.eta_seconds)].filter(Boolean).join(", ")}
          </span>
          {running && may("make", content.client_id) && <Button onClick={() => setStopping(true)}>Cancel</Button>}
          {stopped && may("make", content.client_id) && (
            <Button tone="go" busy={retry.isPending} onClick={() => retry.mutate({ id: content.id })}>
              {content.status === "failed" ? "Try again" : "Go on making it"}
            </Button>
          )}
          {!running && !stopped && (
            <ButtonLink tone="go" to="/review" search={{ content: content.id }}>
              {content.status === "review" ? "Review it" : "Open it"}
            </ButtonLink>
          )}
        </div>
        {running && <Progress fraction={progress?.fraction ?? 0} label="The whole video" className="h-2" />}
        {content.error && <ErrorNote error={content.error} />}
        {retry.error && <ErrorNote error={retry.error} />}
        <Stages stages={content.stages} current={running ? (progress?.message ?? "") : ""} />
      </div>
      <Section title="The brief">
        <div className="flex gap-4 border-t pt-3">
          {content.thumbnail_url && <Thumb src={content.thumbnail_url} className="w-20 rounded-md" />}
          <div className="min-w-0 flex-1">
            <Facts
              rows={[
                [
                  "Topic",
                  <span key="t" dir="auto">
                    {content.topic}
                  </span>,
                ],
                [
                  "Speaks",
                  <span key="s" dir="auto">
                    {content.character.name}
                  </span>,
                ],
                ["Format", format],
                ["Length", `${content.seconds} s`],
                ["Text", content.brief.text_name ?? (content.brief.text ? "given" : "none: nothing is claimed")],
              ]}
            />
          </div>
        </div>
        {content.brief.text && (
          <p
            dir="auto"
            className="mt-3 line-clamp-[12] rounded-md bg-sunken p-3 text-sm whitespace-pre-wrap text-ink-2"
          >
            {content.brief.text.slice(0, 4000)}
          </p>
        )}
      </Section>
      <Confirm
        open={stopping}
        onClose={() => setStopping(false)}
        title="Stop making this video?"
        about="The stage that is running is thrown away. Finished stages are kept, and it can go on from there."
        verb="Stop it"
        act={async () => {
          await cancel.mutateAsync({ id: content.id });
          say("Stopped.");
        }}
      />
    </div>
  );
}
