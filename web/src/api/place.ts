// Where the live stream stood when the session was asked for: read on from there, a page misses nothing.
const HEADER = "Greenroom-Event";

let place: string | null = null;

export function notePlace(response: Response): void {
  place = response.headers.get(HEADER) ?? place;
}

/** Given once: who listens anew later begins with asking for everything. */
export function takePlace(): string | null {
  const taken = place;
  place = null;
  return taken;
}
