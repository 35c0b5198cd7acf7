import { expect, test } from "vitest";
import type { Content, ContentStatus, Post, PostState } from "@/api/shapes";
import { boardAnswer, type Entry, sortBoard } from "./sort";

const content = (id: string, status: ContentStatus, hour: number) => ({ id, status, updated_at: at(hour) }) as Content;
const post = (id: string, state: PostState, hour: number, of = "x") =>
  ({ id, state, due_at: at(hour), posted_at: state === "published" ? at(hour) : null, content: { id: of } }) as Post;
const at = (hour: number) => `2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`;
const ids = (entries: Entry[]) => entries.map((entry) => (entry.kind === "content" ? entry.content.id : entry.post.id));

test("everything has one place, in order of time", () => {
  const board = sortBoard(
    [
      content("late", "review", 9),
      content("early", "review", 7),
      content("back", "rejected", 8),
      content("broke", "failed", 8),
      content("busy", "assembling", 8),
      content("free", "approved", 6),
      content("planned", "approved", 5),
      content("gone", "cancelled", 5),
    ],
    [
      post("soon", "scheduled", 12, "planned"),
      post("sooner", "scheduled", 11),
      post("odd", "unknown", 10),
      post("out1", "published", 8),
      post("out2", "published", 9),
      post("bad", "failed", 9),
      post("going", "publishing", 9),
    ],
  );
  expect(ids(board.waits)).toEqual(["free", "early", "back", "late", "odd"]);
  expect(ids(board.wrong)).toEqual(["bad", "broke"]);
  expect(ids(board.running)).toEqual(["busy", "going"]);
  expect(ids(board.next)).toEqual(["sooner", "soon"]);
  expect(ids(board.out)).toEqual(["out2", "out1"]);
  expect(boardAnswer(board)).toBe("2 went wrong, 5 wait for you, 2 running, 2 to go out");
});

test("an approved video waits again when its post was cancelled", () => {
  const board = sortBoard([content("a", "approved", 6)], [post("p", "cancelled", 7, "a")]);
  expect(ids(board.waits)).toEqual(["a"]);
  expect(boardAnswer(board)).toBe("1 waits for you");
});

test("an empty board says so", () => {
  expect(boardAnswer(sortBoard([], []))).toBe("Nothing waits for you");
});
