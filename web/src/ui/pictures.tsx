// Our own drawings for empty pages: a theatre's back rooms in a few lines, in the colours of the theme.
import type { ReactNode } from "react";

export type Picture =
  "board" | "stage" | "mask" | "calendar" | "shelves" | "chart" | "key" | "cable" | "door" | "review";

const line = {
  fill: "none",
  stroke: "var(--ink-3)",
  strokeWidth: 1.5,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;
const ground = { fill: "var(--sunken)", stroke: "none" } as const;
const green = { fill: "var(--go-fill)", stroke: "none" } as const;

const drawings: Record<Picture, ReactNode> = {
  board: (
    <>
      <rect x="30" y="16" width="100" height="76" rx="4" {...ground} />
      <rect x="30" y="16" width="100" height="76" rx="4" {...line} />
      <path d="M42 34h40M42 48h54M42 62h30M42 76h46" {...line} />
      <path d="M108 31l3 3 6-6M108 45l3 3 6-6" {...line} stroke="var(--go)" />
      <circle cx="112" cy="62" r="3" {...line} />
      <circle cx="112" cy="76" r="3" {...line} />
      <path d="M80 8v8M46 104l6-12M114 104l-6-12" {...line} />
    </>
  ),
  stage: (
    <>
      <path d="M22 18h116v8H22z" {...ground} />
      <path d="M22 18h116v8H22z" {...line} />
      <path d="M26 26c0 30-2 50-4 68M44 26c0 26-8 44-18 58M134 26c0 30 2 50 4 68M116 26c0 26 8 44 18 58" {...line} />
      <path d="M14 94h132" {...line} />
      <rect x="67" y="46" width="26" height="44" rx="4" fill="var(--surface)" stroke="none" />
      <rect x="67" y="46" width="26" height="44" rx="4" {...line} />
      <path d="M76 61l10 6.500-10 6.500z" {...green} />
      <path d="M76 85h8" {...line} />
    </>
  ),
  mask: (
    <>
      <path d="M44 26c22 8 50 8 72 0 3 34-10 62-36 70-26-8-39-36-36-70z" {...ground} />
      <path d="M44 26c22 8 50 8 72 0 3 34-10 62-36 70-26-8-39-36-36-70z" {...line} />
      <path d="M58 50c4-5 11-5 15 0M87 50c4-5 11-5 15 0M64 70c9 9 23 9 32 0" {...line} />
      <path d="M116 26l16-10M44 26L28 16" {...line} />
      <circle cx="80" cy="40" r="2.500" {...green} />
    </>
  ),
  calendar: (
    <>
      <rect x="34" y="22" width="92" height="74" rx="6" {...ground} />
      <rect x="34" y="22" width="92" height="74" rx="6" {...line} />
      <path d="M34 42h92M56 14v14M104 14v14M57 42v54M80 42v54M103 42v54M34 60h92M34 78h92" {...line} />
      <rect x="83" y="63" width="17" height="12" rx="2" {...green} />
    </>
  ),
  shelves: (
    <>
      <path d="M26 52h108M26 94h108M30 14v84M130 14v84" {...line} />
      <rect x="38" y="24" width="14" height="28" rx="2" {...ground} />
      <rect x="38" y="24" width="14" height="28" rx="2" {...line} />
      <rect x="56" y="20" width="14" height="32" rx="2" {...line} />
      <rect x="74" y="28" width="14" height="24" rx="2" {...line} stroke="var(--go)" />
      <path d="M96 52l8-26 12 4-7 22" {...line} />
      <rect x="38" y="66" width="14" height="28" rx="2" {...line} />
      <rect x="56" y="70" width="14" height="24" rx="2" {...ground} />
      <rect x="56" y="70" width="14" height="24" rx="2" {...line} />
    </>
  ),
  chart: (
    <>
      <path d="M32 16v76h100" {...line} />
      <path d="M42 82c14-2 18-18 30-20s16 6 26-6 14-26 26-30" {...line} />
      <circle cx="124" cy="26" r="4" {...green} />
      <path d="M42 92v4M72 92v4M98 92v4M124 92v4" {...line} />
    </>
  ),
  key: (
    <>
      <circle cx="56" cy="56" r="20" {...ground} />
      <circle cx="56" cy="56" r="20" {...line} />
      <circle cx="56" cy="56" r="6" {...line} />
      <path d="M76 56h56v14M116 56v10" {...line} />
    </>
  ),
  cable: (
    <>
      <path d="M14 74c22 0 20-22 38-22h8" {...line} />
      <rect x="60" y="42" width="18" height="20" rx="3" {...ground} />
      <rect x="60" y="42" width="18" height="20" rx="3" {...line} />
      <path d="M78 48h7M78 56h7" {...line} />
      <path d="M146 34c-20 0-20 18-36 18h-6" {...line} />
      <path d="M104 40h-8v24h8a12 12 0 0 0 0-24z" {...line} />
      <path d="M88 34l-3-7M94 32l2-8M90 74l-3 7" {...line} stroke="var(--wait-mark)" />
    </>
  ),
  door: (
    <>
      <path d="M52 96V22a4 4 0 0 1 4-4h48a4 4 0 0 1 4 4v74" {...ground} />
      <path d="M52 96V22a4 4 0 0 1 4-4h48a4 4 0 0 1 4 4v74M32 96h96" {...line} />
      <circle cx="98" cy="60" r="3" {...green} />
      <path d="M66 34h28" {...line} />
    </>
  ),
  review: (
    <>
      <rect x="52" y="10" width="46" height="88" rx="8" {...ground} />
      <rect x="52" y="10" width="46" height="88" rx="8" {...line} />
      <path d="M60 72h22M60 80h14" {...line} />
      <path d="M69 38l14 9-14 9z" {...line} />
      <circle cx="104" cy="78" r="14" {...green} />
      <path
        d="M98 78l4.500 4.500 8-8"
        fill="none"
        stroke="var(--on-go)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
};

export function Drawing({ picture, className }: { picture: Picture; className?: string }) {
  return (
    <svg viewBox="0 0 160 108" aria-hidden className={className ?? "w-40"}>
      {drawings[picture]}
    </svg>
  );
}
