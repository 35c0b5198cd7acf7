// Posts at nearly the same time stand side by side. Pure.

export interface Stretch {
  from: number;
  to: number;
}

export interface Laid<T> {
  item: T;
  /** Which of `of` lanes, from the left. */
  lane: number;
  of: number;
}

export interface Heap {
  from: number;
  to: number;
  count: number;
  of: number;
}

/**
 * Lanes for stretches that overlap: each takes the leftmost that is free, and what hangs together shares one width.
 * Where more than `most` would be needed, what does not fit is counted in a heap in the last lane; one alone stands there itself.
 */
export function sideBySide<T extends Stretch>(items: readonly T[], most: number): { laid: Laid<T>[]; heaps: Heap[] } {
  const laid: Laid<T>[] = [];
  const heaps: Heap[] = [];
  for (const group of groups(items)) {
    const lanes = laneOf(group);
    const needed = Math.max(...lanes) + 1;
    if (needed <= most) {
      group.forEach((item, index) => laid.push({ item, lane: lanes[index] ?? 0, of: needed }));
      continue;
    }
    const left = group.filter((_, index) => (lanes[index] ?? 0) >= most - 1);
    group.forEach((item, index) => {
      const lane = lanes[index] ?? 0;
      if (lane < most - 1) laid.push({ item, lane, of: most });
    });
    for (const heap of groups(left)) {
      const [item] = heap;
      if (item && heap.length === 1) laid.push({ item, lane: most - 1, of: most });
      else if (item)
        heaps.push({ from: item.from, to: Math.max(...heap.map((one) => one.to)), count: heap.length, of: most });
    }
  }
  return { laid, heaps };
}

/** Stretches that hang together, directly or over others; each group in order of time. */
function groups<T extends Stretch>(items: readonly T[]): T[][] {
  const found: T[][] = [];
  let end = -Infinity;
  for (const item of [...items].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (item.from >= end) found.push([]);
    found.at(-1)?.push(item);
    end = Math.max(end, item.to);
  }
  return found;
}

function laneOf(group: readonly Stretch[]): number[] {
  const ends: number[] = [];
  return group.map((item) => {
    const free = ends.findIndex((end) => end <= item.from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = item.to;
    return lane;
  });
}
