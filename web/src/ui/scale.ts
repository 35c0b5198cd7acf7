// Round numbers for an axis that begins at nought.

/** The top of the axis and its ticks, for values up to `max`. Counts only: never a fraction. */
export function scale(max: number, wanted = 4): { top: number; ticks: number[] } {
  const rough = Math.max(1, max) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((one) => one >= rough) ?? 10 * power);
  const top = Math.max(step, Math.ceil(max / step) * step);
  return { top, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step) };
}
