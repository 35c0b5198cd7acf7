// A definition's document as the fields a person reads: a line each, lists as lines, and which of them differ. Pure.
import type { Comparison } from "@/api/versions";

export interface FieldPair {
  /** A JSON pointer. */
  path: string;
  label: string;
  /** Null where the field is not there. */
  before: string | null;
  after: string | null;
  changed: boolean;
}

/** Every field of either side, in the order of the newer document. */
export function fieldPairs({ before, after, changes }: Comparison): FieldPair[] {
  const left = new Map(flat(before?.document ?? {}, ""));
  const right = new Map(flat(after.document, ""));
  const paths = [...right.keys(), ...[...left.keys()].filter((path) => !right.has(path))];
  return paths.map((path) => ({
    path,
    label: labelOf(path),
    before: left.get(path) ?? null,
    after: right.get(path) ?? null,
    changed: changes.some((one) => touches(one.path, path)),
  }));
}

/** `persona/never_says` reads `Persona, never says`. */
export function labelOf(path: string): string {
  const words = path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~").replaceAll("_", " "))
    .join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function touches(step: string, field: string): boolean {
  return step === field || step.startsWith(`${field}/`) || field.startsWith(`${step}/`);
}

function flat(value: unknown, path: string): [string, string][] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      flat(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    );
  }
  return [[path, written(value)]];
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join("\n");
  if (isObject(value)) return JSON.stringify(value, null, 2);
  return value === null || value === undefined ? "" : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
