// The wall's colours, from the design system's variables. Read again when the theme changes.

const VARIABLES = {
  ground: "--sunken",
  surface: "--surface",
  line: "--line",
  ink: "--ink",
  quiet: "--ink-2",
  pick: "--pick",
  go: "--go",
  wait: "--wait",
  broken: "--broken",
  veil: "--veil",
} as const;

export type Colours = Record<keyof typeof VARIABLES, string> & { font: string };

/** What the variables are now. Without the design system's stylesheet system colours stand in. */
export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const colours = Object.entries(VARIABLES).map(([name, variable]) => {
    const value = style.getPropertyValue(variable).trim();
    return [name, value || (name === "ground" || name === "surface" ? "Canvas" : "CanvasText")];
  });
  return { ...(Object.fromEntries(colours) as Record<keyof typeof VARIABLES, string>), font: style.fontFamily };
}
