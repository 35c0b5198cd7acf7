// What is seen and heard while a post is carried: a chip under the pointer, and the spot told to screen readers.
import { type RefObject, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { dayName } from "@/lib/days";
import { timeOf } from "./hours";
import { titleOf } from "./place";
import type { Carried } from "./useCarry";

const AT_MOST_EVERY = 1000;

export function Carrying({
  carried,
  floating,
}: {
  carried: Carried | null;
  floating: RefObject<HTMLDivElement | null>;
}) {
  const where = carried && `${timeOf(carried.spot.minutes)} on ${dayName(carried.spot.day)}`;
  const told =
    carried?.by === "keys"
      ? `Moving to ${where}. Arrows choose the time, Enter puts it there, Escape leaves it where it was.`
      : "";
  return (
    <>
      <Spoken text={told} />
      {carried?.by === "keys" && (
        <p
          aria-hidden
          className="pointer-events-none fixed inset-x-4 bottom-20 z-30 mx-auto w-fit md:inset-x-auto md:right-6 rounded-md bg-ink px-3 py-1.5 text-sm text-paper shadow-float md:bottom-6"
        >
          {where} · arrows move it, Enter puts it there, Esc leaves it
        </p>
      )}
      {carried?.by === "pointer" &&
        createPortal(
          <div ref={floating} aria-hidden className="pointer-events-none fixed top-0 left-0 z-50">
            <div className="max-w-48 rounded-sm border border-pick bg-surface px-1.5 py-0.5 text-sm shadow-float">
              <span className="figures block font-medium">
                {timeOf(carried.spot.minutes)}
                {carried.past && <span className="text-broken"> has passed</span>}
              </span>
              <span dir="auto" className="block truncate text-ink-2">
                {titleOf(carried.one.post)}
              </span>
            </div>
          </div>,
          document.body,
        )}
    </>
  );
}

/** Speaks at most once a second, and then the latest. */
function Spoken({ text }: { text: string }) {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + AT_MOST_EVERY - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" data-spoken className="sr-only">
      {said}
    </p>
  );
}
