import { expect, test } from "vitest";
import { enrolmentOf } from "./enrolment";

const at = "2026-11-22T09:00:00Z";

test.each([
  ["waiting", null, 540, "waits"],
  ["waiting", null, 0, "over"],
  ["away", at, 540, "enrolled"],
  ["connected", at, 540, "connected"],
  ["connected", at, 0, "connected"],
  ["revoked", null, 540, "revoked"],
] as const)("an agent that is %s, enrolled at %s, with %d s left: %s", (state, enrolled_at, left, is) => {
  expect(enrolmentOf({ state, enrolled_at }, left)).toBe(is);
});
