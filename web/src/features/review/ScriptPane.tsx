// The script as it is spoken and shown; editing it makes again only what follows from it.
import { Pencil } from "lucide-react";
import { useState } from "react";
import { isRunning } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { ContentDetail, Script } from "@/api/shapes";
import { showHashtags } from "@/lib/hashtags";
import { Button } from "@/ui/Button";
import { ScriptForm } from "./ScriptForm";

export function ScriptPane({ content }: { content: ContentDetail }) {
  const { may } = useScope();
  const [editing, setEditing] = useState(false);
  const { script } = content;
  if (!script) return <p className="p-4 text-ink-2">The script is not written yet.</p>;
  if (editing) return <ScriptForm content={content} script={script} onDone={() => setEditing(false)} />;
  const can = may("make", content.client_id) && !isRunning(content);
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-start justify-between gap-3">
        <h3 dir="auto" className="font-semibold">
          {script.title === content.topic ? "As it is spoken" : script.title}
        </h3>
        {can && (
          <Button small icon={Pencil} onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      <Spoken script={script} />
      <div className="flex flex-col gap-1 border-t pt-3">
        <span className="text-sm text-ink-3">Caption</span>
        <p dir="auto" className="whitespace-pre-wrap">
          {script.caption || "none"}
        </p>
        <p dir="auto" className="text-ink-2">
          {showHashtags(script.hashtags)}
        </p>
      </div>
    </div>
  );
}

function Spoken({ script }: { script: Script }) {
  return (
    <ol className="flex flex-col">
      <Line name="Hook" text={script.hook} />
      {script.beats.map((beat, index) => (
        <Line
          key={beat.id}
          name={String(index + 1)}
          text={beat.narration}
          shown={beat.on_screen}
          source={beat.source}
        />
      ))}
      <Line name="Close" text={script.closing} />
    </ol>
  );
}

function Line({ name, text, shown, source }: { name: string; text: string; shown?: string; source?: string | null }) {
  if (!text && !shown) return null;
  return (
    <li className="flex gap-3 border-t py-2 first:border-t-0">
      <span className="figures w-10 shrink-0 text-sm leading-5 text-ink-3">{name}</span>
      <div className="min-w-0 flex-1">
        <p dir="auto">{text}</p>
        {shown && (
          <p dir="auto" className="text-sm text-ink-2">
            On screen: {shown}
          </p>
        )}
        {source && (
          <p dir="auto" className="text-sm text-ink-3">
            Source: {source}
          </p>
        )}
      </div>
    </li>
  );
}
