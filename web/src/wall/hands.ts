// Pointer, keys and window as the events that the reducers understand. Touches the page, decides nothing.
import type { ActEvent } from "./act";
import type { Point } from "./shapes";

/** The pointer that a held Enter stands for. */
export const KEYBOARD = -1;

/** What one unit of a wheel event is, in hundredths of a notch: pixels, lines, pages. */
const TURN = [1, 33, 800] as const;

export interface Press {
  pointer: number;
  at: Point;
  time: number;
  /** The main button, or a finger. */
  primary: boolean;
  /** The button for menus: right, or Ctrl and click on a Mac. */
  menu: boolean;
  toggle: boolean;
  range: boolean;
}

export interface Hands {
  down(press: Press): void;
  move(press: Press): void;
  up(press: Press): void;
  end(why: Extract<ActEvent, { kind: "end" }>["why"]): void;
  /** Hundredths of a notch. Whether the turn was the wall's; else the page scrolls. */
  wheel(turn: { at: Point; right: number; down: number }): boolean;
  /** Whether the key was the wall's. */
  key(key: { key: string; down: boolean; repeat: boolean; toggle: boolean; range: boolean; time: number }): boolean;
}

/** Listens on `element` until `signal`; `point` turns a pointer's place into one of the wall's content. */
export function listen(
  element: HTMLElement,
  hands: Hands,
  point: (event: MouseEvent) => Point,
  signal: AbortSignal,
): void {
  const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
  const press = (event: PointerEvent): Press => ({
    pointer: event.pointerId,
    at: point(event),
    time: event.timeStamp,
    primary: event.button === 0 && !(mac && event.ctrlKey),
    menu: event.button === 2 || (mac && event.button === 0 && event.ctrlKey),
    toggle: mac ? event.metaKey : event.ctrlKey,
    range: event.shiftKey,
  });
  const on = <Name extends keyof HTMLElementEventMap>(name: Name, hear: (event: HTMLElementEventMap[Name]) => void) =>
    element.addEventListener(name, hear, { signal });

  on("pointerdown", (event) => {
    // A click beside the content is one on the scroll bar.
    if (event.offsetX >= element.clientWidth && event.target === element) return;
    element.focus({ preventScroll: true });
    if (event.pointerType === "mouse") event.preventDefault();
    hands.down(press(event));
    if (element.hasPointerCapture(event.pointerId) || event.pointerType === "touch") return;
    element.setPointerCapture(event.pointerId);
  });
  on("pointermove", (event) => {
    // With two buttons down a mouse tells only of the last release; the main one may be up before.
    if (event.pointerType === "mouse" && !(event.buttons & 1)) return hands.up(press(event));
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) hands.move(press(one));
  });
  on("pointerup", (event) => hands.up(press(event)));
  on("pointercancel", () => hands.end("cancelled"));
  on("lostpointercapture", () => hands.end("lost"));
  on("contextmenu", (event) => event.preventDefault());
  on("blur", () => hands.end("left window"));
  addEventListener("blur", () => hands.end("left window"), { signal });
  element.addEventListener(
    "wheel",
    (event) => {
      const unit = TURN[event.deltaMode] ?? 1;
      // With Ctrl it means the page's size.
      if (event.ctrlKey) return;
      if (hands.wheel({ at: point(event), right: event.deltaX * unit, down: event.deltaY * unit }))
        event.preventDefault();
    },
    { signal, passive: false },
  );

  on("keydown", (event) => giveKey(event, hands));
  on("keyup", (event) => giveKey(event, hands));
}

/** A key of the page for the wall; what the wall takes does nothing else. */
export function giveKey(event: KeyboardEvent, hands: Pick<Hands, "key">): void {
  const { key, repeat, shiftKey: range, timeStamp: time } = event;
  if (event.altKey) return;
  const toggle = event.ctrlKey || event.metaKey;
  if (hands.key({ key, down: event.type === "keydown", repeat, toggle, range, time })) event.preventDefault();
}
