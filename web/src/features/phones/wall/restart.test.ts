import { expect, test } from "vitest";
import type { Phone } from "@/api/inventory";
import { numbered } from "../filters";
import { restartWords } from "./restart";

const phone = (platform: Phone["platform"], abilities: Phone["abilities"] = []) => ({ platform, abilities }) as Phone;

test("the question names those alone that will restart", () => {
  expect(restartWords(numbered([phone("android")]))).toEqual({
    verb: "Restart phone 1",
    about: "What runs on it ends, and it is away for a minute or two.",
  });
  const both = restartWords(numbered([phone("android"), phone("ios", ["reboot"])]));
  expect(both).toEqual({
    verb: "Restart phones 1 and 2",
    about: "What runs on them ends, and they are away for a minute or two.",
  });
  const one = restartWords(numbered([phone("android"), phone("ios")]));
  expect(one.verb).toBe("Restart phone 1");
  expect(one.about).toMatch(/^What runs on it ends.* Phone 2 is an iPhone: only over a cable .*by hand\.$/);
});
