import { expect, test } from "vitest";
import { compact, compared, counted, size } from "./numbers";

test("counted", () => {
  expect(counted(0, "post")).toBe("no posts");
  expect(counted(1, "post")).toBe("1 post");
  expect(counted(1234, "reply", "replies")).toBe("1,234 replies");
});

test("compared is said in words", () => {
  expect(compared(12, 10, "28 days")).toBe("2 more than in the 28 days before (20 %)");
  expect(compared(8, 10, "7 days")).toBe("2 fewer than in the 7 days before (20 %)");
  expect(compared(5, 5, "7 days")).toBe("as many as in the 7 days before");
  expect(compared(0, 0, "7 days")).toBe("none in the 7 days before either");
  expect(compared(3, 0, "7 days")).toBe("3 more than in the 7 days before");
});

test("compact and size", () => {
  expect(compact(9999)).toBe("9,999");
  expect(compact(12_300)).toBe("12.3k");
  expect(size(900)).toBe("900 B");
  expect(size(12_345_678)).toBe("12 MB");
  expect(size(1_500_000)).toBe("1.5 MB");
});
