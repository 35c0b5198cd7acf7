// What the machine will do with a brief, in its own order; beside the form.
import { BadgeCheck, Clapperboard, Eye, Image, Mic, PenLine, ScanSearch } from "lucide-react";

const STEPS = [
  [PenLine, "Script", "hook, beats and captions from your topic and text"],
  [Mic, "Voice", "spoken by the character, with the time of every word"],
  [Image, "Pictures", "drawn in the character's colours"],
  [Clapperboard, "Render", "1080 × 1920, captions word by word, loudness set"],
  [ScanSearch, "Checks", "size, length, sound, black frames, disclosure"],
  [BadgeCheck, "Credentials", "signed as made by AI, readable by anyone"],
  [Eye, "Review", "waits for a person; nothing goes out before"],
] as const;

export function WhatHappens() {
  return (
    <ol className="flex flex-col">
      {STEPS.map(([Icon, name, about]) => (
        <li key={name} className="flex gap-3 border-b py-2 last:border-b-0">
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
          <span className="min-w-0">
            <span className="font-medium">{name}</span> <span className="text-ink-2">{about}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
