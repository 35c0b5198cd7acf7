// The loudness of a video's sound over its length, to see where it speaks. Decoration: the slider below says the same.
import { useEffect, useState } from "react";

const BARS = 120;

export function Waveform({
  src,
  fraction,
  onSeek,
}: {
  src: string;
  fraction: number;
  onSeek: (fraction: number) => void;
}) {
  const peaks = usePeaks(src);
  if (!peaks) return <div className="h-8" />;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${BARS} 32`}
      preserveAspectRatio="none"
      className="h-8 w-full cursor-pointer"
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        onSeek((event.clientX - left) / width);
      }}
    >
      {peaks.map((peak, bar) => (
        <rect
          key={bar}
          x={bar + 0.15}
          width={0.7}
          y={16 - 15 * peak}
          height={Math.max(1, 30 * peak)}
          fill={bar / BARS < fraction ? "var(--ink)" : "var(--line-strong)"}
          opacity={bar / BARS < fraction ? 1 : 0.55}
        />
      ))}
    </svg>
  );
}

/** Null until the sound was read, and for good where it can't be. */
function usePeaks(src: string): readonly number[] | null {
  const [found, setFound] = useState<{ src: string; peaks: readonly number[] } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readPeaks(src, stop.signal)
      .then((peaks) => setFound({ src, peaks }))
      .catch(() => undefined);
    return () => stop.abort();
  }, [src]);
  return found?.src === src ? found.peaks : null;
}

async function readPeaks(src: string, signal: AbortSignal): Promise<number[]> {
  const response = await fetch(src, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error("no sound to draw");
  const bytes = await response.arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(bytes);
  return peaksOf(sound.getChannelData(0), BARS);
}

/** The loudest sample of each of `bars` equal parts, the loudest of all being 1. */
export function peaksOf(samples: ArrayLike<number>, bars: number): number[] {
  const size = Math.max(1, Math.floor(samples.length / bars));
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let peak = 0;
    for (let i = bar * size; i < Math.min(samples.length, (bar + 1) * size); i += 1)
      peak = Math.max(peak, Math.abs(samples[i] ?? 0));
    return peak;
  });
  const loudest = Math.max(...peaks, 1e-6);
  return peaks.map((peak) => peak / loudest);
}
