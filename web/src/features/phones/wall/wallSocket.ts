// The wall's one line to the server: opened, kept with beats, opened again by itself when it breaks. Decides nothing.
import { retryAfter } from "@/lib/sse";
import { type FromWall, type Heard, readMessage, WIRE_VERSION } from "./messages";

export type LineState =
  | { kind: "connecting" }
  | { kind: "open" }
  /** `tries` in vain since it broke. */
  | { kind: "lost"; tries: number }
  /** The server will not have this page; `version`: it is older or newer than the server. */
  | { kind: "refused"; why: string; sentence: string };

/** What of a WebSocket is used; a test scripts one. */
export type Socket = Pick<WebSocket, "send" | "close" | "readyState" | "bufferedAmount"> & {
  binaryType: BinaryType;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
};

export interface Hearing {
  state(state: LineState): void;
  message(message: Heard): void;
  frame(frame: ArrayBuffer): void;
}

/** Beats that may fail to come before the line counts as broken. */
const MISSED = 3;

/** How long an opening may take, in milliseconds. */
const PATIENCE = 10_000;

/** More bytes than this that wait to be sent mean that the way is blocked; input would come too late to be meant. */
const MOST_WAITING = 256 * 1024;

const OPEN = 1;

export class WallSocket {
  #socket: Socket | null = null;
  #state: LineState = { kind: "connecting" };
  #tries = 0;
  #count = 0;
  #again: ReturnType<typeof setTimeout> | null = null;
  #quiet: ReturnType<typeof setTimeout> | null = null;
  #beats: ReturnType<typeof setInterval> | null = null;
  #beat = PATIENCE / MISSED / 1000;

  constructor(
    private readonly hearing: Hearing,
    private readonly make: () => Socket = openSocket,
    private readonly chance: () => number = Math.random,
  ) {
    this.#open();
  }

  get open(): boolean {
    return this.#state.kind === "open";
  }

  /** Whether it is on its way. */
  send(message: FromWall): boolean {
    return this.#put(JSON.stringify(message));
  }

  /** Whether it is on its way; not while so much waits that it would come too late. */
  input(bytes: ArrayBuffer): boolean {
    return (this.#socket?.bufferedAmount ?? 0) <= MOST_WAITING && this.#put(bytes);
  }

  /** Try at once rather than at the next turn. */
  retry(): void {
    if (this.#again === null) return;
    clearTimeout(this.#again);
    this.#open();
  }

  close(): void {
    this.#end();
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = null;
  }

  #put(data: string | ArrayBuffer): boolean {
    if (!this.open || this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  #open(): void {
    this.#again = null;
    const socket = this.make();
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ type: "open", version: WIRE_VERSION } satisfies FromWall));
    socket.onmessage = ({ data }) => {
      this.#wait();
      if (data instanceof ArrayBuffer) return this.hearing.frame(data);
      const message = typeof data === "string" ? readMessage(data) : null;
      if (message) this.#hear(message);
    };
    socket.onclose = () => this.#broken();
    this.#wait();
  }

  #hear(message: Heard): void {
    if (message.type === "welcome") {
      this.#tries = 0;
      this.#beat = message.beat;
      this.#beats ??= setInterval(
        () => this.send({ type: "beat", count: (this.#count = (this.#count + 1) % 2 ** 32) }),
        1000 * message.beat,
      );
      this.#become({ kind: "open" });
      this.#wait();
    } else if (message.type === "refused" && !message.again) {
      this.#end();
      this.#become({ kind: "refused", why: message.kind, sentence: message.sentence });
    }
    this.hearing.message(message);
  }

  #broken(): void {
    this.#end();
    this.#tries += 1;
    this.#become({ kind: "lost", tries: this.#tries });
    this.#again = setTimeout(() => this.#open(), retryAfter(this.#tries - 1, this.chance()));
  }

  /** A line that says nothing for three beats is broken, whatever the system thinks of it. */
  #wait(): void {
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    const over = () => (nobodyLooks() ? this.#wait() : this.#broken());
    this.#quiet = setTimeout(over, MISSED * this.#beat * 1000);
  }

  #end(): void {
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    if (this.#beats !== null) clearInterval(this.#beats);
    [this.#quiet, this.#beats] = [null, null];
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(state: LineState): void {
    this.#state = state;
    this.hearing.state(state);
  }
}

/** The clock of a hidden page runs slower than its beats. */
function nobodyLooks(): boolean {
  return "document" in globalThis && document.hidden;
}

function openSocket(): Socket {
  const address = new URL("/api/v1/wall/socket", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address) as Socket;
}
