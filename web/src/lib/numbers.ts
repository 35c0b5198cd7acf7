// Numbers with their comparison, never a naked arrow.

const whole = new Intl.NumberFormat("en-GB");
const compactly = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

export function count(value: number): string {
  return whole.format(value);
}

export function compact(value: number): string {
  return value < 10_000 ? whole.format(value) : compactly.format(value);
}

/** `1 post`, `2 posts`, `no posts`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  if (value === 0) return `no ${many}`;
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `12 more than the 28 days before`, `as many as in the 28 days before`. */
export function compared(value: number, before: number, period: string): string {
  if (value === before)
    return value === 0 ? `none in the ${period} before either` : `as many as in the ${period} before`;
  const apart = Math.abs(value - before);
  const share = before > 0 ? ` (${Math.round((100 * apart) / before)} %)` : "";
  return `${count(apart)} ${value > before ? "more" : "fewer"} than in the ${period} before${share}`;
}

/** `12.3 MB` */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
