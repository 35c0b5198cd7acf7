import { expect, test } from "vitest";
import {
  calendarSearch,
  castSearch,
  insightsSearch,
  librarySearch,
  phonesSearch,
  reviewSearch,
  wallSearch,
} from "./search";

test("an address keeps what is understood and drops the rest", () => {
  expect(calendarSearch({ view: "week", date: "2026-11-22", day: "2026-11-31", time: "09:15", post: "p1" })).toEqual({
    view: "week",
    date: "2026-11-22",
    time: "09:15",
    post: "p1",
  });
  expect(calendarSearch({ view: "year", date: "soon", time: "24:00", state: "toString", post: 7 })).toEqual({});
  expect(reviewSearch({ content: "c", tab: "checks", publish: "true" })).toEqual({
    content: "c",
    tab: "checks",
    publish: true,
  });
  expect(reviewSearch({ content: "", tab: "<script>", publish: "no" })).toEqual({});
  expect(insightsSearch({ days: "7" })).toEqual({ days: 7, post: undefined });
  expect(insightsSearch({ days: 8 })).toEqual({});
  expect(castSearch({ create: true, tab: "voice" })).toEqual({ create: true, tab: "voice", character: undefined });
  expect(castSearch({ compare: "1-3" })).toEqual({ compare: "1-3" });
  expect(castSearch({ compare: "0-<b>" })).toEqual({});
  expect(librarySearch({ q: "sea", status: ["x"] })).toEqual({ q: "sea" });
});

test("a tag that is a number is one in the list and on the wall", () => {
  expect(phonesSearch({ tag: 7, q: 3, of: "nobody", state: "asleep" })).toEqual({ tag: "7", q: "3", of: "nobody" });
  expect(wallSearch({ tag: 7, group: "shelf", agent: "a", on: "x.y" })).toEqual({
    tag: "7",
    group: "shelf",
    agent: "a",
    on: "x.y",
  });
});
