import { expect, test } from "vitest";
import { AS_ALL, targetFor, wordsFor } from "./drafts";

const common = { caption: "For all", tags: "#sea tides" };

test("an account has the common words until it gets its own", () => {
  expect(wordsFor(common)).toEqual({ caption: "For all", hashtags: ["sea", "tides"] });
  expect(wordsFor(common, { ...AS_ALL, caption: "" })).toEqual({ caption: "", hashtags: ["sea", "tides"] });
  expect(wordsFor(common, { ...AS_ALL, tags: "#moon" }).hashtags).toEqual(["moon"]);
});

test("its own time is sent only with times", () => {
  const own = { ...AS_ALL, at: { wall: "2026-11-22T10:00", zone: "Europe/Berlin" } };
  expect(targetFor("a", common, own, "at", false)).toEqual({
    account_id: "a",
    caption: "For all",
    hashtags: ["sea", "tides"],
    at: own.at,
    again: false,
  });
  expect(targetFor("a", common, own, "slot", false).at).toBeNull();
  expect(targetFor("a", common, undefined, "at", true)).toMatchObject({ at: null, again: true });
});
