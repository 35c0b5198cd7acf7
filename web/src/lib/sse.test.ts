import { expect, test } from "vitest";
import { retryAfter, sseParser } from "./sse";

test("an event is given when its blank line has come", () => {
  const feed = sseParser();
  expect(feed('id: 7\nevent: job.changed\ndata: {"a"')).toEqual([]);
  expect(feed(":1}\n")).toEqual([]);
  expect(feed("\n")).toEqual([{ id: "7", name: "job.changed", data: '{"a":1}' }]);
});

test("comments keep the line open and say nothing; ids last", () => {
  const feed = sseParser();
  expect(feed(": still here\n\n")).toEqual([]);
  expect(feed("id: 9\ndata: a\ndata: b\n\ndata: c\n\n")).toEqual([
    { id: "9", name: "message", data: "a\nb" },
    { id: "9", name: "message", data: "c" },
  ]);
});

test("carriage returns, also cut in two", () => {
  const feed = sseParser();
  expect(feed("event: x\r\ndata: 1\r")).toEqual([]);
  expect(feed("\n\r\n")).toEqual([{ id: null, name: "x", data: "1" }]);
});

test("waiting grows and stays bounded", () => {
  expect(retryAfter(0, 0)).toBe(375);
  expect(retryAfter(2, 0.5)).toBe(2000);
  expect(retryAfter(30, 0.99)).toBeLessThanOrEqual(18_750);
});
