import { expect, test } from "vitest";
import type { Post } from "@/api/shapes";
import { instantOf } from "@/lib/zones";
import { byDay, movable, movedTo, placed } from "./place";

const post = (more: Partial<Post>) =>
  ({
    id: "p",
    state: "scheduled",
    zone: "Europe/Berlin",
    wall_time: "2026-10-24T09:00:00",
    due_at: "2026-10-24T07:00:00Z",
    posted_at: null,
    ...more,
  }) as Post;

test("a post stands on the day of its own wall, not of the viewer's", () => {
  expect(placed(post({ wall_time: "2026-11-22T00:30", due_at: "2026-11-21T23:30:00Z" }))).toMatchObject({
    day: "2026-11-22",
    time: "00:30",
  });
  expect(placed(post({ wall_time: null, due_at: "2026-11-21T23:30:00Z" }))).toMatchObject({
    day: "2026-11-22",
    time: "00:30",
  });
});

test("what is out stands where it went out", () => {
  expect(placed(post({ state: "published", posted_at: "2026-10-24T09:05:30Z" }))).toMatchObject({
    day: "2026-10-24",
    time: "11:05",
  });
});

test("moving over the change of clocks keeps the time on the wall", () => {
  const moment = movedTo(post({}), "2026-10-26");
  expect(moment).toEqual({ wall: "2026-10-26T09:00", zone: "Europe/Berlin" });
  const [day = "", time = ""] = moment.wall.split("T");
  expect(instantOf({ day, time }, moment.zone).instant.toISOString()).toBe("2026-10-26T08:00:00.000Z");
});

test("a day is in order of time and leaves out what was cancelled", () => {
  const days = byDay([
    post({ id: "b", wall_time: "2026-10-24T18:00" }),
    post({ id: "a" }),
    post({ id: "x", state: "cancelled" }),
  ]);
  expect(days.get("2026-10-24")?.map((one) => one.post.id)).toEqual(["a", "b"]);
});

test("only what has not gone out moves", () => {
  expect(movable(post({ state: "missed" }))).toBe(true);
  expect(movable(post({ state: "publishing" }))).toBe(false);
});
