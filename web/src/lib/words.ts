// The difference of two texts, word by word. Pure.

export interface Piece {
  text: string;
  kind: "same" | "gone" | "new";
}

/** Cells of the table that is filled at most; longer texts that differ everywhere are shown as replaced. */
const MOST = 4_000_000;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** What stayed, went and came, in the order of reading; `gone` stands before the `new` that takes its place. */
export function wordDiff(before: string, after: string): Piece[] {
  const a = words(before);
  const b = words(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return joined([
    { kind: "same", text: a.slice(0, start).join("") },
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { kind: "same", text: a.slice(a.length - end).join("") },
  ]);
}

function words(text: string): string[] {
  return [...segmenter.segment(text)].map((one) => one.segment);
}

/** By the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): Piece[] {
  const whole: Piece[] = [
    { kind: "gone", text: a.join("") },
    { kind: "new", text: b.join("") },
  ];
  if (a.length * b.length > MOST || a.length === 0 || b.length === 0) return whole;
  const wide = b.length + 1;
  const length = new Uint32Array((a.length + 1) * wide);
  const at = (i: number, j: number) => length[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * wide + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: "same", text: a[i] ?? "" });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: "gone", text: a[i++] ?? "" });
    } else {
      pieces.push({ kind: "new", text: b[j++] ?? "" });
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece; a space between two changed words belongs to both sides. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  let [gone, fresh, gap] = ["", "", ""];
  const close = () => {
    if (gone) result.push({ kind: "gone", text: gone });
    if (fresh) result.push({ kind: "new", text: fresh });
    if (gap) result.push({ kind: "same", text: gap });
    [gone, fresh, gap] = ["", "", ""];
  };
  for (const { kind, text } of pieces) {
    if (text === "") continue;
    if (kind === "same" && (gone || fresh) && text.trim() === "") {
      gap += text;
    } else if (kind === "same") {
      close();
      const last = result.at(-1);
      if (last?.kind === "same") last.text += text;
      else result.push({ kind, text });
    } else {
      if (gap) [gone, fresh, gap] = [gone + gap, fresh + gap, ""];
      if (kind === "gone") gone += text;
      else fresh += text;
    }
  }
  close();
  return result;
}
