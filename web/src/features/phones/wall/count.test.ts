import { expect, it } from "vitest";
import type { Phone } from "@/api/inventory";
import { numbered } from "../filters";
import { countWords } from "./count";

const phone = (id: string): Phone => ({ id, alive: "live", offline_since: null, lease: null }) as Phone;

it("claims nothing of phones where none is shown", () => {
  const all = numbered([phone("a"), phone("b")]);
  expect(countWords(all, 2, new Map())).toBe("2 phones · all live");
  expect(countWords([], 2, new Map())).toBe("0 of 2 phones");
});
