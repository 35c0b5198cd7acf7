import { describe, expect, it } from "vitest";
import { phoneKey, PHONE_KEYS, SHORTCUTS } from "./keys";
import { forgetAll, forgetText, keepText, MOST, recentTexts, shelfOf } from "./recent";

/** A browser's store, on which nothing can be put while it is `full`. */
function store(full = false) {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (full) throw new Error("full");
      kept.set(name, value);
    },
    removeItem: (name: string) => void kept.delete(name),
  };
}

const ADAS = shelfOf("ada", ["c1"]);

describe("texts typed lately", () => {
  it("stand newest first, each once, and only so many", () => {
    const kept = store();
    for (let count = 0; count < MOST + 2; count++) keepText(kept, ADAS, `text ${count}`);
    keepText(kept, ADAS, "text 5");
    expect(recentTexts(kept, ADAS).slice(0, 2)).toEqual(["text 5", `text ${MOST + 1}`]);
    expect(recentTexts(kept, ADAS).length).toBe(MOST);
    expect(forgetText(kept, ADAS, "text 5")).not.toContain("text 5");
  });

  it("leave out what is empty or endless, and read whatever lies there", () => {
    const kept = store();
    kept.setItem(ADAS, '{"a":1}');
    expect(recentTexts(kept, ADAS)).toEqual([]);
    expect(keepText(kept, ADAS, "  ")).toEqual([]);
    expect(keepText(kept, ADAS, "x".repeat(501))).toEqual([]);
    kept.setItem(ADAS, "[");
    expect(recentTexts(kept, ADAS)).toEqual([]);
    kept.setItem(ADAS, '["a", 1]');
    expect(recentTexts(kept, ADAS)).toEqual(["a"]);
  });

  it("are typed all the same where the browser keeps nothing", () => {
    expect(keepText(store(true), ADAS, "hello")).toEqual(["hello"]);
  });

  it("are one person's, for one client's phones", () => {
    const kept = store();
    keepText(kept, ADAS, "hello");
    expect(recentTexts(kept, shelfOf("zoe", ["c1"]))).toEqual([]);
    expect(recentTexts(kept, shelfOf("ada", ["c2"]))).toEqual([]);
    expect(recentTexts(kept, shelfOf("ada", ["c1", "c2"]))).toEqual([]);
    expect(recentTexts(kept, shelfOf("ada", [null]))).toEqual([]);
    expect(recentTexts(kept, shelfOf("ada", ["c1", "c1"]))).toEqual(["hello"]);
    expect(shelfOf("ada", ["c2", "c1"])).toBe(shelfOf("ada", ["c1", "c2"]));
  });

  it("are gone after signing out, and nothing else is", () => {
    const kept = store();
    kept.setItem("theme", "dark");
    for (const user of ["ada", "zoe"]) keepText(kept, shelfOf(user, ["c1"]), "hello");
    forgetAll(kept);
    expect(kept.length).toBe(1);
    expect(kept.getItem("theme")).toBe("dark");
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
