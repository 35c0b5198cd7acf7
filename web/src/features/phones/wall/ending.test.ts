import { expect, test } from "vitest";
import { comingWords, endingWords } from "./ending";

const past = (reason: Parameters<typeof endingWords>[0]["reason"]) => ({
  reason,
  why: "The client is on the line",
  holder_name: "Mona",
  ended_by_name: "Ada",
});

test("who had a phone and who has it read the same change, each from their side", () => {
  expect(endingWords(past("handed_over"))).toBe("it was handed over to Ada");
  expect(comingWords(past("handed_over"))).toBe("Mona handed it over to you");
  expect(endingWords(past("broken_in"))).toBe("Ada took it over: “The client is on the line”");
  expect(comingWords(past("broken_in"))).toBe("you took it over from Mona: “The client is on the line”");
  expect(endingWords(past("released"))).toBe("you gave it back in another window");
  expect(comingWords(null)).toBe("taken in another window of yours");
  expect(comingWords(past("idle"))).toBe("taken in another window of yours");
});
