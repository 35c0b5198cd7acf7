import { expect, test } from "vitest";
import type { Comparison } from "@/api/versions";
import { fieldPairs, labelOf } from "./fields";

const version = (number: number, document: Record<string, unknown>) => ({
  number,
  document,
  at: "2026-11-21T09:00:00Z",
  author: "Ada",
  author_id: null,
  reason: "",
});

test("every field of either side, with what differs marked", () => {
  const comparison: Comparison = {
    before: version(1, { name: "Nora", persona: { traits: ["calm"], tone: "dry" }, old: 1 }),
    after: version(2, { name: "Nora", persona: { traits: ["calm", "exact"], tone: "dry" }, voice: { speed: 1 } }),
    changes: [
      { op: "remove", path: "/old", before: 1, after: null },
      { op: "add", path: "/persona/traits/1", before: null, after: "exact" },
      { op: "add", path: "/voice", before: null, after: { speed: 1 } },
    ],
  };
  expect(fieldPairs(comparison).map((one) => [one.label, one.before, one.after, one.changed])).toEqual([
    ["Name", "Nora", "Nora", false],
    ["Persona, traits", "calm", "calm\nexact", true],
    ["Persona, tone", "dry", "dry", false],
    ["Voice, speed", null, "1", true],
    ["Old", "1", null, true],
  ]);
  expect(fieldPairs({ ...comparison, before: null })[0]?.before).toBeNull();
});

test("a pointer as words", () => expect(labelOf("/persona/never_says/a~1b~0c")).toBe("Persona, never says, a/b~c"));
