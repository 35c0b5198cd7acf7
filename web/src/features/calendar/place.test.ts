import { expect, test } from "vitest";
import type { Post } from "@/api/shapes";
import { instantOf } from "@/lib/zones";
import { byDay, movable, movedBy, movedOnto, placed } from "./place";

const BERLIN = "Europe/Berlin";

const post = (more: Partial<Post>) =>
  ({
    id: "p",
    state: "scheduled",
    zone: BERLIN,
    wall_time: "2026-10-24T09:00:00",
    due_at: "2026-10-24T07:00:00Z",
    posted_at: null,
    ...more,
  }) as Post;

test("a post stands where the clocks of the calendar show it", () => {
  expect(placed(post({ due_at: "2026-11-21T23:30:00Z" }), BERLIN)).toMatchObject({ day: "2026-11-22", time: "00:30" });
  expect(placed(post({ due_at: "2026-11-21T23:30:00Z" }), "UTC")).toMatchObject({ day: "2026-11-21", time: "23:30" });
  expect(placed(post({ due_at: null, wall_time: "2026-11-22T00:30" }), BERLIN)).toMatchObject({ time: "00:30" });
  expect(placed(post({ due_at: null, wall_time: null }), BERLIN)).toBeNull();
});

test("what is out stands where it went out", () => {
  expect(placed(post({ state: "published", posted_at: "2026-10-24T09:05:30Z" }), BERLIN)).toMatchObject({
    day: "2026-10-24",
    time: "11:05",
  });
});

test("the second of two equal times is known as such", () => {
  expect(placed(post({ due_at: "2026-10-25T00:30:00Z" }), BERLIN)).toMatchObject({ time: "02:30", again: false });
  expect(placed(post({ due_at: "2026-10-25T01:30:30Z" }), BERLIN)).toMatchObject({ time: "02:30", again: true });
});

test("moving over the change of clocks keeps the time on the wall", () => {
  const moment = movedBy(post({}), 2);
  expect(moment).toEqual({ wall: "2026-10-26T09:00", zone: BERLIN });
  expect(instantOf({ day: "2026-10-26", time: "09:00" }, BERLIN).instant.toISOString()).toBe(
    "2026-10-26T08:00:00.000Z",
  );
});

test("what is dropped on another zone's calendar keeps its own zone", () => {
  const spot = { day: "2026-11-22", minutes: 9 * 60 };
  expect(movedOnto(post({}), spot, BERLIN)).toEqual({ wall: "2026-11-22T09:00", zone: BERLIN });
  expect(movedOnto(post({}), spot, "America/New_York")).toEqual({ wall: "2026-11-22T15:00", zone: BERLIN });
});

test("a day is in order of time and leaves out what was cancelled", () => {
  const days = byDay(
    [post({ id: "b", due_at: "2026-10-24T16:00:00Z" }), post({ id: "a" }), post({ id: "x", state: "cancelled" })],
    BERLIN,
  );
  expect(days.get("2026-10-24")?.map((one) => one.post.id)).toEqual(["a", "b"]);
});

test("only what has not gone out moves", () => {
  expect(movable(post({ state: "missed" }))).toBe(true);
  expect(movable(post({ state: "publishing" }))).toBe(false);
});
