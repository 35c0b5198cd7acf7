// The wall itself: puts layout, choosing, acting, players and drawing together. It speaks to the app by callbacks only.
import { act, type ActEvent, type Acting, type Dropped, type Gesture, NOT_ACTING } from "./act";
import { aim } from "./aim";
import { Crowd } from "./crowd";
import { MIDDLE, type Stroke, stroke, strokeEvents } from "./crosshair";
import { Dirty } from "./dirty";
import { fraction, onGlass, sameShape } from "./glass";
import { giveKey, type Hands, KEYBOARD, listen, type Press } from "./hands";
import { hit, layOut, layOutSingle, type Layout, SPACING, type Tile } from "./layout";
import { GLOW, LABEL, type Note, paintBand, paintActing, paintTile, type TileView } from "./paint";
import { Notes } from "./notes";
import type { WallOptions } from "./options";
import type { WallPhone } from "./phone";
import {
  bandOf,
  type Mode,
  NOTHING_SELECTED,
  select,
  type SelectEvent,
  type Selecting,
  takesKey,
  WALL_KEYS,
} from "./select";
import { type Point, type Size, touch } from "./shapes";
import { ShownReport } from "./shown";
import { Stage } from "./stage";
import { viewOf } from "./view";
import { news, type Wanted, watched } from "./watch";
import { type Turn, Wheel } from "./wheel";
import { actedWords, droppedWords, LEFT, selectionWords, spoken } from "./words";

export class Wall {
  #crowd: Crowd;
  #choice: Selecting = NOTHING_SELECTED;
  #acting: Acting = NOT_ACTING;
  #crosshair: Point = MIDDLE;
  /** The last thing came from the keyboard, so where it stands is shown. */
  #byKeys = false;
  #everyone: Layout = { tiles: [], height: 0 };
  #layout: Layout = this.#everyone;
  #notes = new Notes();
  #turns = new Wheel((turn) => this.#turned(turn));
  #wanted: ReadonlyMap<string, Wanted> = new Map();
  #shown: ShownReport;
  #dirty = new Dirty((now) => this.#paint(now));
  #stage: Stage;
  #life = new AbortController();
  #second: ReturnType<typeof setInterval>;

  constructor(
    host: HTMLElement,
    private readonly options: WallOptions,
  ) {
    this.#crowd = new Crowd(
      { pictured: (id) => this.#pictured(id), ask: (channel, what) => options.ask(channel, what) },
      options.staleAfter,
    );
    this.#shown = new ShownReport((frames) => options.shown?.(frames));
    this.#stage = new Stage(host, options.label, {
      changed: () => this.#arrange(),
      resized: () => {
        this.#arrange();
        this.#paint(performance.now());
      },
    });
    this.#stage.setMode("select");
    listen(this.#stage.scroller, this.#hands(), (event) => this.#stage.point(event), this.#life.signal);
    document.addEventListener("visibilitychange", () => this.#arrange(), { signal: this.#life.signal });
    this.#second = setInterval(() => this.#tick(), 1_000);
  }

  get choice(): Selecting {
    return this.#choice;
  }

  /** Where each phone stands, in the page's coordinates; for menus that open beside one. */
  place(id: string): DOMRect | null {
    const tile = this.#layout.tiles.find((one) => one.id === id);
    if (!tile) return null;
    const { left, top } = this.#stage.scroller.getBoundingClientRect();
    return new DOMRect(left + tile.x, top + tile.y - this.#stage.window.y, tile.width, tile.height);
  }

  /** The phones to show, in order. Those that are no longer there leave the selection. */
  setPhones(phones: readonly WallPhone[]): void {
    const pressed = this.#acting.kind === "idle" ? null : this.#acting.glass.id;
    if (pressed !== null && !phones.some((phone) => phone.id === pressed)) this.#act({ kind: "glass", glass: null });
    this.#crowd.set(phones);
    this.#arrange();
    this.#choose({ kind: "phones", ids: phones.map((phone) => phone.id) });
  }

  /** A binary message of the socket. */
  receive(message: ArrayBuffer): void {
    const wrong = this.#crowd.receive(message);
    if (wrong !== null) this.options.refused?.(wrong);
  }

  /** The server vouches for these phones (all, if none are named) although no frame came. */
  alive(ids: readonly string[] = this.#crowd.phones.map((phone) => phone.id)): void {
    for (const id of ids) {
      this.#crowd.player(id)?.alive();
      this.#dirty.one(id);
    }
  }

  silent(id: string): void {
    this.#crowd.player(id)?.silent();
    this.#dirty.one(id);
    this.#checkPressed();
  }

  /** A new socket: nothing that was asked for on the old one counts. */
  reconnected(): void {
    this.#wanted = new Map();
    this.#crowd.rest();
    this.#arrange();
  }

  setMode(mode: Mode): void {
    this.#choose({ kind: "mode", mode });
  }

  setSelected(ids: readonly string[]): void {
    this.#choose({ kind: "choose", ids });
  }

  /** As the keyboard does: one phone large, or the wall. */
  toggleSingle(): void {
    this.#choose({ kind: "key", key: WALL_KEYS.single, toggle: false, range: false });
  }

  /** This phone large, or the wall. */
  setSingle(id: string | null): void {
    if (id === null || this.#crowd.phone(id)) this.#choose({ kind: "single", id });
  }

  /** The phone under a point of the page; for what is dropped there. */
  under(point: { clientX: number; clientY: number }): string | null {
    return hit(this.#layout, this.#stage.point(point))?.id ?? null;
  }

  /** The size of a phone's picture as it is seen now, or null while there is none. */
  seen(id: string): Size | null {
    return this.#crowd.seen(id).seen;
  }

  /** The result of an act on one phone, for a while. */
  note(id: string, note: Note): void {
    this.#notes.set(id, note, performance.now());
    this.#dirty.one(id);
  }

  focus(): void {
    this.#stage.scroller.focus({ preventScroll: true });
  }

  /** A key that was pressed where nothing has the focus. */
  give(event: KeyboardEvent): void {
    giveKey(event, { key: (one) => this.#key(one) });
    if (event.defaultPrevented) this.focus();
  }

  close(): void {
    this.#life.abort();
    this.#turns.close();
    clearInterval(this.#second);
    this.#dirty.close();
    this.#crowd.close();
    this.#shown.close();
    this.#stage.close();
  }

  #pictured(id: string): void {
    const [picture, channel] = [this.#crowd.player(id)?.picture, this.#crowd.channel(id)];
    if (picture && channel !== null) this.#shown.add(channel, picture.sequence);
    const tile = this.#layout.tiles.find((one) => one.id === id);
    if (picture && tile && !sameShape(picture, tile)) this.#arrange();
    this.#dirty.one(id);
    this.#checkPressed();
  }

  // Choosing and acting

  #hands(): Hands {
    return {
      down: (press) => {
        this.#byKeys = false;
        if (this.#choice.mode === "select") this.#choose({ kind: "down", ...press });
        else if (press.primary || press.menu) {
          const tile = hit(this.#layout, press.at);
          if (tile) this.#touch(tile.id);
          this.#act({ kind: "down", ...press, glass: tile && this.#crowd.glass(tile) });
        }
      },
      move: (press) => {
        this.#choose({ kind: "move", ...press });
        this.#act({ kind: "move", ...press });
      },
      up: (press: Press) => {
        this.#choose({ kind: "up", ...press });
        this.#act({ kind: "up", ...press });
      },
      end: (why) => {
        this.#choose({ kind: "cancel" });
        this.#act({ kind: "end", why });
      },
      wheel: (turn) => this.#wheel(turn),
      key: (event) => this.#key(event),
    };
  }

  #touch(id: string): void {
    if (this.#acting.kind === "idle") this.#choose({ kind: "touch", id });
  }

  /** Over no phone, and in select mode, the wall scrolls. */
  #wheel({ at, right, down }: { at: Point; right: number; down: number }): boolean {
    const tile = this.#choice.mode === "act" ? hit(this.#layout, at) : null;
    if (!tile) return false;
    this.#touch(tile.id);
    this.#turns.add({ phone: tile.id, at: fraction(at, tile), right, down });
    return true;
  }

  #turned(turn: Turn): void {
    const tile = this.#layout.tiles.find((one) => one.id === turn.phone);
    const { seen, stale } = tile ? this.#crowd.glass(tile) : { seen: null, stale: true };
    if (seen && !stale) this.#made({ kind: "scroll", seen, ...turn });
    else this.#dropped({ kind: "dropped", phone: turn.phone, why: seen ? "stale" : "no picture" });
  }

  #key({ key, down, repeat, toggle, range, time }: Parameters<Hands["key"]>[0]): boolean {
    this.#byKeys = true;
    if (down && key === "Escape" && this.#acting.kind !== "idle") {
      this.#act({ kind: "end", why: "given up" });
      return true;
    }
    if (takesKey(this.#choice, key, toggle)) {
      if (down) this.#choose({ kind: "key", key, toggle, range });
      return true;
    }
    if (this.#choice.mode !== "act" || toggle) return false;
    const made = stroke(this.#crosshair, { key, down, repeat, shift: range });
    if (made) this.#stroke(made, time);
    return made !== null || key === "Enter" || key === " ";
  }

  #stroke(made: Stroke, time: number): void {
    const tile = this.#tileOfCrosshair();
    if (!tile) return;
    if (made.kind === "move") this.#crosshair = made.to;
    const finger = { pointer: KEYBOARD, at: onGlass(this.#crosshair, tile), time };
    for (const event of strokeEvents(made, finger, this.#crowd.glass(tile))) this.#act(event);
    this.#dirty.one(tile.id);
  }

  #choose(event: SelectEvent): void {
    const before = this.#choice;
    // Pointers mean what is shown; keys and lists mean all phones, also when one is shown large.
    const pointed = event.kind === "down" || event.kind === "move" || event.kind === "up";
    const now = select(before, event, pointed ? this.#layout : this.#everyone);
    if (now === before) return;
    this.#choice = now;
    if (now.mode === "act" && now.current === null) {
      this.#choice = { ...now, current: [...now.selected][0] ?? this.#everyone.tiles[0]?.id ?? null };
    }
    if (now.current !== before.current) this.#crosshair = MIDDLE;
    if (now.mode !== before.mode || now.current !== before.current) this.#act({ kind: "end", why: "given up" });
    this.#stage.setMode(now.mode);
    this.#arrange();
    const current = this.#layout.tiles.find((one) => one.id === this.#choice.current);
    if (event.kind === "key" && current) this.#stage.reveal(current);
    const words = selectionWords(before, this.#choice, this.#crowd.phones);
    if (words) this.options.say(words);
    this.options.changed(this.#choice);
  }

  #act(event: ActEvent): void {
    const { state, made } = act(this.#acting, event);
    if (state !== this.#acting) this.#dirty.everything();
    this.#acting = state;
    if (!made) return;
    if (made.kind === "dropped") this.#dropped(made);
    else this.#made(made);
  }

  #dropped(dropped: Dropped): void {
    this.note(dropped.phone, { kind: "left out", words: "nothing was sent" });
    this.options.say(droppedWords(dropped, this.#crowd.phones));
  }

  #made(made: Gesture): void {
    const aimed = aim(made, this.#crowd.targets(), this.#choice.selected);
    for (const { phone, why } of aimed.left) this.note(phone, { kind: "left out", words: LEFT[why] });
    this.options.say(actedWords(made.kind, aimed, this.#crowd.phones));
    this.options.acted(made.kind, aimed);
  }

  /** What the finger stands on may have turned, gone or frozen. */
  #checkPressed(): void {
    if (this.#acting.kind === "idle") return;
    const { id } = this.#acting.glass;
    const tile = this.#layout.tiles.find((one) => one.id === id);
    this.#act({ kind: "glass", glass: tile ? this.#crowd.glass(tile) : null });
  }

  #tileOfCrosshair(): Tile | null {
    return this.#layout.tiles.find((tile) => tile.id === this.#choice.current) ?? this.#layout.tiles[0] ?? null;
  }

  // Arranging and drawing

  #arrange(): void {
    const { space } = this.#stage;
    const spacing = this.options.spacing ?? SPACING;
    const shapes = this.#crowd.shapes();
    this.#everyone = layOut(shapes, space, spacing);
    const large = shapes.find((shape) => shape.id === this.#choice.single);
    this.#layout = large ? layOutSingle(large, space, spacing, this.options.beside) : this.#everyone;
    this.#stage.setHeight(this.#layout.height);
    this.#watch();
    this.#tellReaders();
    this.#checkPressed();
    this.#dirty.everything();
  }

  #watch(): void {
    const ids = this.#crowd.phones.map((phone) => phone.id);
    const wanted = new Map<string, Wanted>();
    for (const [id, quality] of watched(ids, this.#layout, document.hidden ? null : this.#stage.window)) {
      const channel = this.#crowd.channel(id);
      if (channel !== null) wanted.set(id, { channel, quality });
      // What comes again later begins with a key frame.
      if (quality === "off" && this.#wanted.get(id)?.quality !== "off") this.#crowd.player(id)?.rest();
    }
    for (const { channel, quality } of news(this.#wanted, wanted)) this.options.watch(channel, quality);
    this.#wanted = wanted;
  }

  #tellReaders(): void {
    const { selected, current } = this.#choice;
    const boxes = new Map(this.#layout.tiles.map((tile) => [tile.id, tile]));
    const options = this.#crowd.phones.map((phone) => ({
      id: phone.id,
      text: spoken(phone, this.#crowd.seen(phone.id).stale),
      selected: selected.has(phone.id),
      box: boxes.get(phone.id) ?? null,
    }));
    this.#stage.setOptions(options, current);
  }

  #tick(): void {
    const now = performance.now();
    this.#notes.tick(now);
    this.#tellReaders();
    this.#checkPressed();
    this.#dirty.everything();
  }

  #paint(now: number): void {
    const { ink, colours, window } = this.#stage;
    const pressing = this.#acting.kind !== "idle" || bandOf(this.#choice) !== null;
    const all = this.#dirty.all || pressing;
    ink.save();
    ink.translate(0, -window.y);
    if (all) {
      ink.fillStyle = colours.ground;
      ink.fillRect(window.x, window.y, window.width, window.height);
    }
    for (const tile of this.#layout.tiles) {
      const around = { ...window, y: window.y - GLOW - LABEL, height: window.height + 2 * GLOW + LABEL };
      if (!touch(tile, around)) continue;
      if (all || this.#dirty.ids.has(tile.id)) paintTile(ink, this.#view(tile), colours);
    }
    const band = bandOf(this.#choice);
    if (band) paintBand(ink, band, colours);
    const acting = this.#acting;
    // It becomes a long tap by time alone.
    if (acting.kind !== "idle" && paintActing(ink, acting, now, colours) === "tap") this.#dirty.soon();
    ink.restore();
    this.#dirty.drawn();
    this.#shown.painted();
  }

  #view(tile: Tile): TileView {
    const { selected, current, mode, single } = this.#choice;
    const here = current === tile.id && this.#byKeys;
    const meant = current === tile.id && mode === "act" && !selected.size && single === null;
    return viewOf(tile, {
      phone: this.#crowd.phone(tile.id),
      player: this.#crowd.player(tile.id),
      staleAfter: this.options.staleAfter,
      note: this.#notes.of(tile.id),
      selected: selected.has(tile.id),
      current: here || meant,
      crosshair: here && mode === "act" ? this.#crosshair : null,
    });
  }
}
