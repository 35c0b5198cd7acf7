import { describe, expect, it } from "vitest";
import {
  CUT_OFF,
  doFailedWords,
  mayHaveCome,
  notTakenWords,
  numbersWords,
  phonesWords,
  quoted,
  UNANSWERED,
} from "./words";

describe("words", () => {
  it("say what did not happen, and why", () => {
    expect(notTakenWords("offline", "tap")).toBe("unplugged before the tap; nothing was pressed");
    expect(notTakenWords("stale", "swipe", "Zoe")).toBe("Zoe took it over before the swipe; nothing was moved");
    expect(notTakenWords("finger", "swipe")).toBe("another window of yours has a finger on it; nothing was moved");
    expect(doFailedWords("finger", "", "tap")).toBe("another window of yours has a finger on it; nothing was pressed");
    expect(notTakenWords("attended", "text")).toBe(
      "an attended app is in front, and it takes one phone at a time; nothing was typed",
    );
  });

  it("never claim that nothing happened where nobody knows", () => {
    for (const kind of ["lost", "timed_out"] as const) {
      expect(notTakenWords(kind, "tap")).not.toContain("nothing");
      expect(notTakenWords(kind, "tap")).toContain("it is not known whether it came through");
      expect(mayHaveCome(kind)).toBe(true);
    }
    for (const words of [UNANSWERED, CUT_OFF, notTakenWords("timed_out", "text")]) {
      expect(words).toContain("look at its screen before you repeat it");
    }
    expect(mayHaveCome("busy")).toBe(false);
    expect(notTakenWords("busy", "tap")).toBe("the phone was busy with something else; nothing was pressed");
  });

  it("take the phone's own sentence before a general one", () => {
    expect(doFailedWords("full", "GRV1 is full: remove something", "install")).toBe("GRV1 is full: remove something");
    expect(doFailedWords("offline", "", "reboot")).toBe("unplugged before the restart; nothing was restarted");
    expect(doFailedWords("toString", "", "reboot")).toBe("the phone did not take the restart; nothing was restarted");
  });

  it("name many phones in few words", () => {
    expect(numbersWords([2])).toBe("2");
    expect(phonesWords([4, 3])).toBe("phones 3 and 4");
    expect(phonesWords([10, 9, 8, 7, 6, 5])).toBe("phones 5 to 10");
    expect(numbersWords([1, 2, 3, 5, 7])).toBe("1 to 3, 5 and 7");
    expect(numbersWords([1, 3, 5, 7, 9, 11, 13])).toBe("1, 3, 5 and 4 more");
  });

  it("quote in one short line, never through a letter", () => {
    expect(quoted("text", " two\nlines ")).toBe("Type “two lines”");
    expect(quoted("text", "👩🏽‍🚀".repeat(30)).length).toBeLessThan(200);
    expect(quoted("text", "x".repeat(41))).toBe(`Type “${"x".repeat(40)}…”`);
  });
});
