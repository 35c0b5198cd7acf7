// Reads the lines of a server-sent event stream (WHATWG HTML, section 9.2.6). No network here.

export interface ServerEvent {
  id: string | null;
  name: string;
  data: string;
}

/** Feed it text as it comes; it gives back the events that are complete. */
export function sseParser(): (chunk: string) => ServerEvent[] {
  let rest = "";
  let id: string | null = null;
  let name = "";
  let data: string[] = [];
  return (chunk) => {
    const events: ServerEvent[] = [];
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length) events.push({ id, name: name || "message", data: data.join("\n") });
        name = "";
        data = [];
        continue;
      }
      if (line.startsWith(":")) continue;
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "id") id = value;
      else if (field === "event") name = value;
      else if (field === "data") data.push(value);
    }
    return events;
  };
}

/** How long to wait before the next try, in milliseconds: 0.5 s, doubling to 15 s, spread by `chance` in [0, 1). */
export function retryAfter(tries: number, chance: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2);
}
