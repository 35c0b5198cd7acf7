// A character's face, and a video's thumbnail, with a drawn stand-in while there is none.
import clsx from "clsx";
import { Clapperboard, UserRound } from "lucide-react";
import { useState } from "react";

export function Portrait({ src, className }: { src: string | null; className?: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  const shape = clsx("shrink-0 overflow-hidden rounded-md border bg-sunken object-cover", className ?? "size-8");
  if (!src || broken === src) {
    return (
      <span aria-hidden className={clsx(shape, "grid place-items-center text-ink-3")}>
        <UserRound className="size-1/2" strokeWidth={1.5} />
      </span>
    );
  }
  return <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} className={shape} />;
}

export function Thumb({ src, className }: { src: string | null; className?: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  const shape = clsx(
    "aspect-9/16 shrink-0 overflow-hidden border bg-sunken object-cover",
    className ?? "w-8 rounded-sm",
  );
  if (!src || broken === src) {
    return (
      <span aria-hidden className={clsx(shape, "grid place-items-center text-ink-3")}>
        <Clapperboard className="size-4" strokeWidth={1.5} />
      </span>
    );
  }
  return <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} className={shape} />;
}
