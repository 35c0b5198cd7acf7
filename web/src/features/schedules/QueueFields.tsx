// What a schedule posts, in which order: dragged, or moved with the arrow keys or buttons.
import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { contentsQuery } from "@/api/contents";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Group } from "@/ui/Field";
import { Thumb } from "@/ui/Portrait";
import { Select } from "@/ui/Select";
import { reordered } from "./draft";

interface Props {
  client: string;
  queue: readonly string[];
  repeats: boolean;
  onQueue: (queue: string[]) => void;
  onRepeats: (repeats: boolean) => void;
}

export function QueueFields({ client, queue, repeats, onQueue, onRepeats }: Props) {
  const contents = useQuery(contentsQuery({ client, status: "approved" }));
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const left = contents.data?.filter((one) => !queue.includes(one.id)) ?? [];
  const nameOf = (id: string) => contents.data?.find((one) => one.id === id)?.topic ?? "A video that is not approved";

  const move = (from: number, to: number) => {
    if (to < 0 || to >= queue.length || to === from) return;
    onQueue(reordered(queue, from, to));
    setSaid(`${nameOf(queue[from] ?? "")}: place ${to + 1} of ${queue.length}`);
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    move(index, index + step);
    requestAnimationFrame(() => grip(list.current, index + step)?.focus());
  };
  const grab = (event: PointerEvent, index: number) => {
    let at = index;
    setDragged(at);
    const over = (moved: globalThis.PointerEvent) => {
      const rows = [...(list.current?.children ?? [])];
      const to = rows.findIndex((row) => moved.clientY < row.getBoundingClientRect().bottom);
      const next = to < 0 ? rows.length - 1 : to;
      if (next === at) return;
      now = reordered(now, at, next);
      at = next;
      onQueue(now);
      setDragged(at);
    };
    const stop = () => {
      document.removeEventListener("pointermove", over);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
      setDragged(null);
    };
    let now = [...queue];
    event.preventDefault();
    document.addEventListener("pointermove", over);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  };

  return (
    <Group label="What goes out, in this order">
      {contents.error && <ErrorNote error={contents.error} onRetry={() => void contents.refetch()} />}
      {queue.length > 0 && (
        <ol ref={list} aria-label="Queue" className="rounded-md border">
          {queue.map((id, index) => (
            <li
              key={id}
              className={clsx(
                "flex items-center gap-2 border-b px-1 py-1 last:border-b-0",
                dragged === index && "bg-pick-soft",
              )}
            >
              <button
                type="button"
                data-grip
                aria-label={`Move ${nameOf(id)}: place ${index + 1} of ${queue.length}; arrow keys move it`}
                onKeyDown={(event) => onKey(event, index)}
                onPointerDown={(event) => grab(event, index)}
                className="grid size-7 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-ink-3 hover:bg-hover"
              >
                <GripVertical aria-hidden className="size-4" strokeWidth={1.75} />
              </button>
              <span className="figures w-5 shrink-0 text-right text-sm text-ink-3">{index + 1}</span>
              <Thumb
                src={contents.data?.find((one) => one.id === id)?.thumbnail_url ?? null}
                className="w-6 rounded-sm"
              />
              <span dir="auto" className="line-clamp-1 min-w-0 flex-1">
                {nameOf(id)}
              </span>
              <Button
                small
                tone="quiet"
                icon={ArrowUp}
                aria-label="Earlier"
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <Button
                small
                tone="quiet"
                icon={ArrowDown}
                aria-label="Later"
                disabled={index === queue.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <Button
                small
                tone="quiet"
                icon={X}
                aria-label={`Take ${nameOf(id)} out`}
                onClick={() => onQueue(queue.filter((one) => one !== id))}
              />
            </li>
          ))}
        </ol>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Add an approved video"
          className="max-w-full"
          value=""
          disabled={left.length === 0}
          options={[
            { value: "", label: left.length ? "Add an approved video …" : "No other approved video" },
            ...left.map((one) => ({ value: one.id, label: one.topic })),
          ]}
          onChange={(event) => event.target.value && onQueue([...queue, event.target.value])}
        />
        {left.length > 1 && (
          <Button onClick={() => onQueue([...queue, ...left.map((one) => one.id)])}>Add all {left.length}</Button>
        )}
      </div>
      <Checkbox
        checked={repeats}
        onChange={(event) => onRepeats(event.target.checked)}
        label="Begin again when the queue is through"
        hint="Otherwise the times after it stay empty, and the calendar shows them as gaps."
      />
    </Group>
  );
}

function grip(list: HTMLElement | null, index: number): HTMLElement | undefined {
  return list?.querySelectorAll<HTMLElement>("[data-grip]")[index];
}
