// Short news about what was just done, with a way to undo it. Kept apart from React so that any code may say it.
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "./Button";

interface Note {
  id: number;
  text: string;
  tone: "done" | "broken";
  action?: { label: string; act: () => void };
}

const SHOWN_FOR = 7000;
let notes: readonly Note[] = [];
let next = 1;
const watchers = new Set<() => void>();

function set(changed: readonly Note[]) {
  notes = changed;
  for (const tell of watchers) tell();
}

function drop(id: number) {
  set(notes.filter((note) => note.id !== id));
}

export function say(text: string, action?: Note["action"]) {
  set([...notes.slice(-2), { id: next++, text, tone: "done", action }]);
}

export function sayBroken(text: string, action?: Note["action"]) {
  set([...notes.slice(-2), { id: next++, text, tone: "broken", action }]);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => notes,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-50 flex flex-col items-center gap-2 md:inset-x-auto md:bottom-6 md:left-60 md:items-start"
    >
      {shown.map((note) => (
        <ToastCard key={note.id} note={note} />
      ))}
    </div>
  );
}

function ToastCard({ note }: { note: Note }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => drop(note.id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [held, note.id]);
  const Icon = note.tone === "done" ? CircleCheck : CircleAlert;
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-md animate-appear items-center gap-2 rounded-md border bg-surface py-1.5 pr-1.5 pl-3 shadow-float"
    >
      <Icon
        aria-hidden
        className={`size-4 shrink-0 ${note.tone === "done" ? "text-go" : "text-broken"}`}
        strokeWidth={1.75}
      />
      <span className="line-clamp-3 min-w-0 flex-1 pr-2">{note.text}</span>
      {note.action && (
        <Button
          small
          onClick={() => {
            note.action?.act();
            drop(note.id);
          }}
        >
          {note.action.label}
        </Button>
      )}
      <Button tone="quiet" small icon={X} aria-label="Dismiss" onClick={() => drop(note.id)} />
    </div>
  );
}
