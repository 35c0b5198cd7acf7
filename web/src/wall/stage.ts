// The wall's place in the page: a scrolling list box with one canvas, and the same phones as options for screen readers.
import { type Colours, readColours } from "./colours";
import type { Box, Point, Size } from "./shapes";

/** More pixels than this for one CSS pixel cost time and show nothing. */
const MOST_DENSE = 2;

export interface Option {
  id: string;
  text: string;
  selected: boolean;
  /** Where it stands; null where it is not shown. */
  box: Box | null;
}

interface StageEvents {
  /** Scroll position or colours changed: all must be drawn again. */
  changed(): void;
  /** The size changed, and the canvas is empty. */
  resized(): void;
}

export class Stage {
  readonly scroller = document.createElement("div");
  readonly ink: CanvasRenderingContext2D;
  colours: Colours;
  #content = document.createElement("div");
  #canvas = document.createElement("canvas");
  #list = document.createElement("div");
  #options = new Map<string, HTMLElement>();
  #watching = new AbortController();
  #resizes: ResizeObserver;
  #themes: MutationObserver;

  constructor(host: HTMLElement, label: string, events: StageEvents) {
    const { scroller } = this;
    Object.assign(scroller.style, { position: "relative", width: "100%", height: "100%", overflow: "hidden auto" });
    scroller.style.outlineOffset = "-2px";
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "listbox");
    scroller.setAttribute("aria-multiselectable", "true");
    scroller.setAttribute("aria-label", label);
    Object.assign(this.#canvas.style, { display: "block", position: "sticky", top: "0", left: "0" });
    this.#canvas.setAttribute("aria-hidden", "true");
    // For screen readers only, each where its picture is; the canvas shows the same to everybody else.
    Object.assign(this.#list.style, { position: "absolute", inset: "0", opacity: "0", pointerEvents: "none" });
    this.#list.setAttribute("role", "presentation");
    this.#content.setAttribute("role", "presentation");
    this.#content.append(this.#canvas);
    scroller.append(this.#content, this.#list);
    host.append(scroller);
    const ink = this.#canvas.getContext("2d", { alpha: false });
    if (!ink) throw new Error("This browser draws on no canvas");
    this.ink = ink;
    this.colours = readColours(scroller);
    const { signal } = this.#watching;
    scroller.addEventListener("scroll", () => events.changed(), { signal, passive: true });
    this.#resizes = new ResizeObserver(() => {
      this.#fit();
      events.resized();
    });
    this.#resizes.observe(scroller);
    this.#themes = new MutationObserver(() => {
      this.colours = readColours(scroller);
      events.changed();
    });
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    this.#fit();
  }

  get space(): Size {
    return { width: this.scroller.clientWidth, height: this.scroller.clientHeight };
  }

  /** The part of the content that is seen. */
  get window(): Box {
    return { x: 0, y: this.scroller.scrollTop, ...this.space };
  }

  /** Where a pointer is in the content. */
  point({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top } = this.scroller.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top + this.scroller.scrollTop };
  }

  setHeight(height: number): void {
    this.#content.style.height = `${height}px`;
  }

  setMode(mode: "select" | "act"): void {
    this.scroller.style.cursor = mode === "act" ? "crosshair" : "default";
    // In act mode fingers belong to the phones; otherwise they scroll the wall.
    this.scroller.style.touchAction = mode === "act" ? "none" : "pan-y";
  }

  reveal({ y, height }: Box): void {
    const { scrollTop, clientHeight } = this.scroller;
    if (y < scrollTop) this.scroller.scrollTop = y - 8;
    else if (y + height > scrollTop + clientHeight) this.scroller.scrollTop = y + height - clientHeight + 8;
  }

  /** The phones as a screen reader finds them; elements are kept so that it does not lose its place. */
  setOptions(options: readonly Option[], current: string | null): void {
    const there = new Set(options.map((option) => option.id));
    for (const [id, element] of this.#options) {
      if (there.has(id)) continue;
      element.remove();
      this.#options.delete(id);
    }
    for (const [index, { id, text, selected, box }] of options.entries()) {
      const element = this.#options.get(id) ?? this.#option(id);
      if (element.textContent !== text) element.textContent = text;
      element.setAttribute("aria-selected", String(selected));
      const { x, y, width, height } = box ?? { x: 0, y: 0, width: 1, height: 1 };
      element.style.inset = `${y}px auto auto ${x}px`;
      [element.style.width, element.style.height] = [`${width}px`, `${height}px`];
      if (this.#list.children[index] !== element) this.#list.insertBefore(element, this.#list.children[index] ?? null);
    }
    const active = current === null ? null : this.#options.get(current);
    if (active) this.scroller.setAttribute("aria-activedescendant", active.id);
    else this.scroller.removeAttribute("aria-activedescendant");
  }

  close(): void {
    this.#watching.abort();
    this.#resizes.disconnect();
    this.#themes.disconnect();
    this.scroller.remove();
  }

  #option(id: string): HTMLElement {
    const element = document.createElement("div");
    element.id = `wall-${crypto.getRandomValues(new Uint32Array(1))[0]}-${this.#options.size}`;
    element.setAttribute("role", "option");
    Object.assign(element.style, { position: "absolute", overflow: "hidden" });
    this.#options.set(id, element);
    return element;
  }

  #fit(): void {
    const { width, height } = this.space;
    const dense = Math.min(MOST_DENSE, devicePixelRatio);
    this.#canvas.width = Math.max(1, Math.round(width * dense));
    this.#canvas.height = Math.max(1, Math.round(height * dense));
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.ink.setTransform(dense, 0, 0, dense, 0, 0);
  }
}
