// One video from the library: it plays, says what it is, and where it can go from here.
import { CalendarPlus, Download, Eye, Trash2, X } from "lucide-react";
import { useState } from "react";
import { isRunning, useDeleteContent, useFormatName } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { ContentDetail } from "@/api/shapes";
import { clock } from "@/lib/moments";
import { size } from "@/lib/numbers";
import { Button, ButtonAway, ButtonLink } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Facts } from "@/ui/Page";
import { Player } from "@/ui/Player";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";

interface Props {
  content: ContentDetail;
  onClose: () => void;
  onPublish: () => void;
}

export function ItemPanel({ content, onClose, onPublish }: Props) {
  const { may } = useScope();
  const [deleting, setDeleting] = useState(false);
  const remove = useDeleteContent();
  const { render } = content;
  const format = useFormatName(content.format);
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-4 p-4 lg:overflow-y-auto">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
          <h2 dir="auto" className="line-clamp-4 text-lg font-semibold">
            {content.topic}
          </h2>
          <State told={contentState(content.status)} />
        </div>
        <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
      </div>
      {content.error && <ErrorNote error={content.error} />}
      <div className="flex flex-wrap gap-2">
        {isRunning(content) ? (
          <ButtonLink to="/make/$contentId" params={{ contentId: content.id }}>
            Watch it being made
          </ButtonLink>
        ) : (
          <ButtonLink
            icon={Eye}
            tone={content.status === "review" ? "go" : "plain"}
            to="/review"
            search={{ content: content.id }}
          >
            {content.status === "review" ? "Review" : "Open in review"}
          </ButtonLink>
        )}
        {content.status === "approved" && may("publish", content.client_id) && (
          <Button tone="go" icon={CalendarPlus} onClick={onPublish}>
            Schedule
          </Button>
        )}
        {render && (
          <ButtonAway icon={Download} href={render.video_url} download>
            Download
          </ButtonAway>
        )}
        {may("make", content.client_id) && (
          <Button tone="danger" icon={Trash2} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )}
      </div>
      {render && (
        <Player
          key={render.id}
          title={content.topic}
          src={render.video_url}
          captions={render.captions_url}
          poster={render.thumbnail_url}
          fps={render.fps}
          duration={render.duration}
          language={content.script?.language}
        />
      )}
      <Facts
        rows={[
          [
            "Speaks",
            <span key="s" dir="auto">
              {content.character.name}
            </span>,
          ],
          ["Format", format],
          ["Length", render ? clock(render.duration) : `${content.seconds} s asked for`],
          ...(render ? ([["File", `${render.width} × ${render.height}, ${size(render.size)}`]] as const) : []),
          ["Made", <Time key="m" at={content.created_at} />],
        ]}
      />
      <Confirm
        open={deleting}
        onClose={() => setDeleting(false)}
        title="Delete this video?"
        about="It leaves the library, and posts of it that have not gone out are cancelled. What is published stays until it is taken down."
        verb="Delete 1 video"
        act={async () => {
          await remove.mutateAsync(content.id);
          say("Deleted.");
          onClose();
        }}
      />
    </div>
  );
}
