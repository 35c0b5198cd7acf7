// Texts made to fit where they are drawn: cut to a width, broken into lines. Pure; how wide a text is, the caller knows.
type Measure = (text: string) => number;

/** The text cut to a width, with an ellipsis. */
export function fitted(measure: Measure, text: string, width: number): string {
  return measure(text) <= width ? text : cut(measure, text, width);
}

/** The text in at most so many lines; where more were due, the last one ends with an ellipsis. */
export function wrapped(measure: Measure, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, most).map((line) => fitted(measure, line, width));
  const last = lines[most - 1];
  if (lines.length > most && last !== undefined) kept[most - 1] = cut(measure, last, width);
  return kept;
}

/** As much of the text as there is room for before an ellipsis. */
function cut(measure: Measure, text: string, width: number): string {
  const letters = [...text];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (measure(`${letters.slice(0, middle).join("")}…`) <= width) least = middle;
    else most = middle - 1;
  }
  return least ? `${letters.slice(0, least).join("").trimEnd()}…` : "";
}
