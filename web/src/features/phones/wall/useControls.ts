// The wall's controls in React: made with their element, fed with phones, looked at by snapshot.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Numbered } from "../filters";
import { Controls, type Outside } from "./controls";
import { NOTHING_YET, type Snapshot } from "./snapshot";

const unwatched = () => () => undefined;
const nothing = () => NOTHING_YET;

export interface ControlsHere {
  /** For the element that the wall fills. */
  attach: (host: HTMLElement | null) => (() => void) | undefined;
  controls: Controls | null;
  now: Snapshot;
}

export function useControls(phones: readonly Numbered[], outside: Outside): ControlsHere {
  const [controls, setControls] = useState<Controls | null>(null);
  const latest = useRef(outside);
  useEffect(() => {
    latest.current = outside;
  });
  const attach = useCallback((host: HTMLElement | null) => {
    if (!host) return;
    const made = new Controls(host, {
      take: (phone) => latest.current.take(phone),
      release: (phone, epoch) => latest.current.release(phone, epoch),
      past: (phone, epoch) => latest.current.past(phone, epoch),
      upload: (file, progress) => latest.current.upload(file, progress),
      words: (error) => latest.current.words(error),
      since: (moment) => latest.current.since(moment),
      canAct: () => latest.current.canAct(),
      mayAct: (phone) => latest.current.mayAct(phone),
    });
    setControls(made);
    return () => {
      made.close();
      setControls(null);
    };
  }, []);
  useEffect(() => controls?.setPhones(phones), [controls, phones]);
  const now = useSyncExternalStore(controls?.subscribe ?? unwatched, controls?.snapshot ?? nothing);
  return { attach, controls, now };
}
