// A post in the hand: grabbed with the pointer or picked up with the keys, held over a spot, dropped or let go.
import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { isPast, snapped, stepOf, stepped, type View } from "./carrying";
import { type HourRow, minutesAt } from "./hours";
import { type Placed, type Spot, spotOf } from "./place";

/** How far a minute is from the next on the axis of hours. */
export const PER_MINUTE = 56 / 60;

const STARTS_AFTER = 5;
const EDGE = 48;

export interface Carried {
  one: Placed;
  spot: Spot;
  by: "pointer" | "keys";
  /** It can't be dropped there: that time is over. */
  past: boolean;
}

interface Wanted {
  view: View;
  zone: string;
  rows: readonly HourRow[];
  onDrop: (one: Placed, spot: Spot) => void;
  /** The keys lead out of what is shown. */
  onShow: (day: string) => void;
}

export function useCarry(wanted: Wanted) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const floating = useRef<HTMLDivElement>(null);
  const end = useRef<(() => void) | null>(null);
  const back = useRef<string | null>(null);

  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
  });

  const hold = useCallback((one: Placed, spot: Spot, by: Carried["by"]) => {
    const past = isPast(spot, latest.current.zone, new Date());
    setCarried((before) =>
      before && before.spot.day === spot.day && before.spot.minutes === spot.minutes ? before : { one, spot, by, past },
    );
  }, []);
  const drop = useCallback((one: Placed, spot: Spot) => {
    setCarried(null);
    back.current = one.post.id;
    const stays = one.day === spot.day && spotOf(one).minutes === spot.minutes;
    const { zone, onDrop } = latest.current;
    if (!stays && !isPast(spot, zone, new Date())) onDrop(one, spot);
  }, []);
  const under = useCallback((at: { x: number; y: number }, grabbed: number, one: Placed, fine: boolean) => {
    const place = document.elementsFromPoint(at.x, at.y).find((found) => found.hasAttribute("data-drop"));
    if (!(place instanceof HTMLElement) || !place.dataset.drop) return null;
    const day = place.dataset.drop;
    if (place.dataset.hours === undefined) return { day, minutes: spotOf(one).minutes };
    const depth = (at.y - grabbed - place.getBoundingClientRect().top) / PER_MINUTE;
    return { day, minutes: snapped(minutesAt(latest.current.rows, depth), fine) };
  }, []);

  const onGrab = useCallback(
    (event: ReactPointerEvent, one: Placed) => {
      // A finger scrolls; for it there is Reschedule.
      if (event.button !== 0 || event.pointerType === "touch") return;
      end.current?.();
      const chip = event.currentTarget.getBoundingClientRect();
      const from = { x: event.clientX, y: event.clientY };
      const grabbed = event.clientY - chip.top;
      let at = from;
      let fine = false;
      let spot: Spot | null = null;
      let frame = 0;

      const follow = () => {
        spot = under(at, grabbed, one, fine);
        if (spot) hold(one, spot, "pointer");
        if (floating.current)
          floating.current.style.transform = `translate(${at.x - (from.x - chip.left)}px, ${at.y - grabbed}px)`;
      };
      const scroll = () => {
        const area = document.querySelector("[data-scrolls]");
        const box = area?.getBoundingClientRect();
        const by = !box ? 0 : at.y < box.top + EDGE ? -8 : at.y > box.bottom - EDGE ? 8 : 0;
        if (area && by) {
          area.scrollTop += by;
          follow();
        }
        frame = requestAnimationFrame(scroll);
      };
      const move = (moved: PointerEvent) => {
        at = { x: moved.clientX, y: moved.clientY };
        fine = moved.shiftKey;
        if (!frame && Math.hypot(at.x - from.x, at.y - from.y) < STARTS_AFTER) return;
        if (!frame) {
          hold(one, spotOf(one), "pointer");
          frame = requestAnimationFrame(scroll);
        }
        follow();
      };
      const up = () => {
        if (frame) {
          // The press ends on the chip and would open it.
          document.addEventListener("click", swallow, { capture: true, once: true });
          setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
          if (spot) drop(one, spot);
        }
        stop();
      };
      const key = (pressed: KeyboardEvent) => {
        if (pressed.key !== "Escape" || !frame) return;
        swallow(pressed);
        stop();
      };
      const stop = () => {
        cancelAnimationFrame(frame);
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", up);
        document.removeEventListener("pointercancel", stop);
        document.removeEventListener("keydown", key, { capture: true });
        end.current = null;
        setCarried(null);
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", up);
      document.addEventListener("pointercancel", stop);
      document.addEventListener("keydown", key, { capture: true });
      end.current = stop;
    },
    [drop, hold, under],
  );

  const onPickUp = useCallback((one: Placed) => hold(one, spotOf(one), "keys"), [hold]);

  const byKeys = carried?.by === "keys" ? carried : null;
  useEffect(() => {
    if (!byKeys) return;
    const { one, spot } = byKeys;
    const hear = (event: KeyboardEvent) => {
      const { view, zone, onShow } = latest.current;
      const step = stepOf(event.key, view, event.shiftKey);
      if (step) {
        const next = stepped(spot, step, zone);
        if (!isPast(next, zone, new Date())) {
          hold(one, next, "keys");
          onShow(next.day);
        }
      } else if (event.key === "Enter" || event.key === " ") {
        drop(one, spot);
      } else if (event.key === "Escape") {
        setCarried(null);
        back.current = one.post.id;
        onShow(one.day);
      } else return;
      swallow(event);
    };
    document.addEventListener("keydown", hear, { capture: true });
    return () => document.removeEventListener("keydown", hear, { capture: true });
  }, [byKeys, drop, hold]);

  // The focus goes back to the post, wherever it stands by now.
  useEffect(() => {
    if (!back.current || carried) return;
    const chip = document.querySelector<HTMLElement>(`[data-post="${back.current}"]`);
    if (!chip) return;
    chip.focus({ preventScroll: true });
    back.current = null;
  });
  useEffect(() => () => end.current?.(), []);

  return { carried, floating, onGrab, onPickUp };
}

function swallow(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}
