import { describe, expect, it } from "vitest";
import type { Phone } from "@/api/inventory";
import { can } from "./able";

const phone = (...abilities: Phone["abilities"]) => ({ abilities }) as Phone;

describe("what is offered", () => {
  it("is what one of those that are meant can, and nothing that none of them can", () => {
    const [android, iPhone] = [phone("key_back", "files"), phone("rotate")];
    expect(can([android, iPhone], ["key_back"])).toBe(true);
    expect(can([iPhone], ["key_back"])).toBe(false);
    expect(can([iPhone], ["install", "rotate"])).toBe(true);
    expect(can([], ["rotate"])).toBe(false);
  });

  it("is what every phone can wherever it needs nothing special", () => {
    expect(can([phone()], [])).toBe(true);
  });
});
