// What of a phone is drawn: its texts made plain, and the words of its veil.
import type { TileView } from "./paint";
import type { WallPhone } from "./phone";
import type { Player } from "./player";
import type { Box } from "./shapes";
import { LOW, plain, staleWords } from "./words";

export type Shown = Pick<TileView, "note" | "selected" | "current" | "crosshair"> & {
  phone: WallPhone | undefined;
  player: Player | undefined;
  staleAfter: number | undefined;
};

export function viewOf(box: Box, { phone, player, staleAfter, ...state }: Shown): TileView {
  return {
    ...state,
    box,
    picture: player?.picture ?? null,
    number: String(phone?.number ?? ""),
    name: plain(phone?.name ?? ""),
    holder: plain(phone?.holder ?? ""),
    tags: (phone?.tags ?? []).map(plain).join(" · "),
    battery: phone?.battery ? `${Math.round(phone.battery.level)} %` : "",
    charging: phone?.battery?.charging ?? false,
    low: (phone?.battery?.level ?? 100) <= LOW,
    veil: veilWords(phone, player, staleAfter),
    waiting: !phone?.trouble && !player?.picture,
  };
}

function veilWords(phone: WallPhone | undefined, player: Player | undefined, after?: number): string | null {
  if (phone?.trouble) return plain(phone.trouble);
  if (!player?.picture) return "Waiting for its picture";
  return player.stale(after) ? staleWords(player.age()) : null;
}
