import { describe, expect, it } from "vitest";
import { phoneKey, PHONE_KEYS, SHORTCUTS } from "./keys";
import { forgetText, keepText, MOST, recentTexts } from "./recent";

function store(kept?: string) {
  let now = kept ?? null;
  return {
    getItem: () => now,
    setItem: (_: string, value: string) => {
      now = value;
    },
    removeItem: () => {
      now = null;
    },
  };
}

describe("texts typed lately", () => {
  it("stand newest first, each once, and only so many", () => {
    const kept = store();
    for (let count = 0; count < MOST + 2; count++) keepText(kept, `text ${count}`);
    keepText(kept, "text 5");
    expect(recentTexts(kept).slice(0, 2)).toEqual(["text 5", `text ${MOST + 1}`]);
    expect(recentTexts(kept).length).toBe(MOST);
    expect(forgetText(kept, "text 5")).not.toContain("text 5");
  });

  it("leave out what is empty or endless, and read whatever lies there", () => {
    const kept = store('{"a":1}');
    expect(recentTexts(kept)).toEqual([]);
    expect(keepText(kept, "  ")).toEqual([]);
    expect(keepText(kept, "x".repeat(501))).toEqual([]);
    expect(recentTexts(store("["))).toEqual([]);
    expect(recentTexts(store('["a", 1]'))).toEqual(["a"]);
  });

  it("are typed all the same where the browser keeps nothing", () => {
    const full = {
      ...store(),
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(keepText(full, "hello")).toEqual(["hello"]);
  });
});

describe("the keys", () => {
  it("mean one thing each, and none that the engine has", () => {
    const all = [...PHONE_KEYS.map((one) => one.shortcut), ...Object.values(SHORTCUTS)];
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain("l");
    expect(phoneKey("h")?.key).toBe("home");
    expect(phoneKey("x")).toBeUndefined();
  });
});
