// One video to decide about: it plays on the left, everything there is to know stands on the right.
import { useRef } from "react";
import { isRunning, useFormatName } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { ContentDetail } from "@/api/shapes";
import { left } from "@/lib/moments";
import { ButtonLink } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { ErrorNote } from "@/ui/ErrorNote";
import { PhoneFrame } from "@/ui/PhoneFrame";
import { Player, type PlayerHandle } from "@/ui/Player";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";
import { Tabs } from "@/ui/Tabs";
import { ChecksPane } from "./ChecksPane";
import { HistoryPane } from "./HistoryPane";
import { Outgoing } from "./Outgoing";
import { ProvenancePane } from "./ProvenancePane";
import { ScriptPane } from "./ScriptPane";
import { SourcesPane } from "./SourcesPane";
import { Verdict } from "./Verdict";

export type Tab = "script" | "checks" | "sources" | "provenance" | "history";

interface Props {
  content: ContentDetail;
  tab: Tab;
  onTab: (tab: Tab) => void;
  onPublish: () => void;
}

export function ReviewDetail({ content, tab, onTab, onPublish }: Props) {
  const player = useRef<PlayerHandle>(null);
  const seek = (seconds: number) => player.current?.seek(seconds);
  const format = useFormatName(content.format);
  const faults = content.checks.filter((check) => !check.ok && check.level !== "info").length;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col xl:flex-row">
      <div className="scroll-quiet flex shrink-0 flex-col items-center gap-4 p-4 xl:w-[26rem] xl:overflow-y-auto">
        <Stage content={content} player={player} />
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface max-xl:border-t xl:border-l">
        <div className="flex flex-col gap-3 p-4 pb-2">
          <div className="flex min-w-0 flex-col gap-1">
            <h2 dir="auto" className="line-clamp-3 text-lg font-semibold">
              {content.topic}
            </h2>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
              <State told={contentState(content.status)} />
              <span dir="auto">{content.character.name}</span>
              <span>{format}</span>
              <ClientTag id={content.client_id} />
            </div>
          </div>
          <Moves content={content} player={player} onPublish={onPublish} />
        </div>
        <Tabs
          label="About this video"
          value={tab}
          onChange={(id) => onTab(id as Tab)}
          items={[
            {
              id: "script",
              label: "Script",
              body: (
                <Scroll>
                  <ScriptPane key={content.id} content={content} />
                </Scroll>
              ),
            },
            {
              id: "checks",
              label: faults ? `Checks (${faults})` : "Checks",
              body: (
                <Scroll>
                  <ChecksPane checks={content.checks} onSeek={seek} />
                </Scroll>
              ),
            },
            {
              id: "sources",
              label: "Sources",
              body: (
                <Scroll>
                  <SourcesPane content={content} />
                </Scroll>
              ),
            },
            {
              id: "provenance",
              label: "Provenance",
              body: (
                <Scroll>
                  <ProvenancePane content={content} />
                </Scroll>
              ),
            },
            {
              id: "history",
              label: "History",
              body: (
                <Scroll>
                  <HistoryPane reviews={content.reviews} onSeek={seek} />
                </Scroll>
              ),
            },
          ]}
        />
      </div>
    </div>
  );
}

function Scroll({ children }: { children: React.ReactNode }) {
  return (
    <div tabIndex={0} className="scroll-quiet h-full -outline-offset-2 xl:overflow-y-auto">
      {children}
    </div>
  );
}

function Stage({ content, player }: { content: ContentDetail; player: React.RefObject<PlayerHandle | null> }) {
  const { render } = content;
  if (render && !isRunning(content)) {
    return (
      <Player
        key={render.id}
        ref={player}
        keys
        title={content.topic}
        src={render.video_url}
        captions={render.captions_url}
        poster={render.thumbnail_url}
        fps={render.fps}
        duration={render.duration}
        language={content.script?.language}
      />
    );
  }
  return (
    <>
      <PhoneFrame className="h-[min(36rem,calc(100dvh-19rem))] min-h-80">
        <div className="grid size-full place-items-center p-6 text-center text-white/80">
          {isRunning(content) ? "It is being made." : "There is no video."}
        </div>
      </PhoneFrame>
      {isRunning(content) && (
        <div className="flex w-full max-w-72 flex-col gap-2 text-center text-sm text-ink-2">
          <Progress fraction={content.progress?.fraction ?? 0} label="Making it" />
          <span className="figures">
            {[content.progress?.message, left(content.progress?.eta_seconds)].filter(Boolean).join(", ")}
          </span>
        </div>
      )}
    </>
  );
}

/** The buttons that move this video on, by its state. */
function Moves({
  content,
  player,
  onPublish,
}: {
  content: ContentDetail;
  player: React.RefObject<PlayerHandle | null>;
  onPublish: () => void;
}) {
  const { may } = useScope();
  if (content.status === "review")
    return <Verdict key={content.id} content={content} player={player} onApproved={onPublish} />;
  if (content.status === "approved")
    return <Outgoing content={content} can={may("publish", content.client_id)} onPublish={onPublish} />;
  const note = content.reviews.findLast((review) => review.decision === "changes")?.note;
  if (content.status === "rejected") {
    return (
      <p dir="auto" className="rounded-md bg-wait-soft px-3 py-2 text-wait">
        {note ?? "It was sent back."} Edit the script to make it again.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      {content.error && <ErrorNote error={content.error} />}
      <div>
        <ButtonLink to="/make/$contentId" params={{ contentId: content.id }}>
          {isRunning(content) ? "Watch it being made" : "See its stages"}
        </ButtonLink>
      </div>
    </div>
  );
}
