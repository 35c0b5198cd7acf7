// A moment: relative under a day, exact on hover, with the client's clock beside the viewer's where they differ.
import { useSyncExternalStore } from "react";
import { useZone } from "@/api/scope";
import { exact, told } from "@/lib/moments";
import { sameClock, wallAt, zoneCity } from "@/lib/zones";

const EVERY = 15_000;
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(tell: () => void) {
  if (watchers.size === 0) now = new Date();
  watchers.add(tell);
  timer ??= setInterval(() => {
    now = new Date();
    for (const one of watchers) one();
  }, EVERY);
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time of day for everything shown, moving every 15 seconds. */
export function useNow(): Date {
  return useSyncExternalStore(watch, () => now);
}

export function Time({ at, clientZone, className }: { at: string; clientZone?: string; className?: string }) {
  const zone = useZone();
  const current = useNow();
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return null;
  const differs = clientZone !== undefined && !sameClock(zone, clientZone, instant);
  return (
    <time
      dateTime={at}
      title={exact(instant, zone) + (differs ? `\n${exact(instant, clientZone)}` : "")}
      className={`figures ${className ?? ""}`}
    >
      {told(instant, current, zone)}
      {differs && (
        <span className="text-ink-3">
          {" "}
          ({wallAt(instant, clientZone).time} {zoneCity(clientZone)})
        </span>
      )}
    </time>
  );
}
