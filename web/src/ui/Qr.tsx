// A QR code, dark on light in every theme, as cameras want it; nothing when the text is too long for one.
import { qr } from "@/lib/qr";

const QUIET = 4;

export function Qr({ text, label }: { text: string; label: string }) {
  const rows = qr(text);
  if (!rows) return null;
  const size = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])));
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-52">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
