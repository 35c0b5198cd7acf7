import { expect, test } from "vitest";
import {
  boardWords,
  goingWords,
  jobState,
  kindWord,
  queueFault,
  queueWords,
  startWords,
  waitsForTime,
  workersWords,
} from "./words";

test("kinds have words, also those of a newer server", () => {
  expect(kindWord("channels.take_down")).toBe("Take a post down");
  expect(kindWord("phones.wake_up")).toBe("Phones wake up");
});

test("a running job that was asked to stop says so; an ended one does not", () => {
  expect(jobState({ state: "running", cancel_requested: true }).word).toBe("Stopping");
  expect(jobState({ state: "cancelled", cancel_requested: true }).word).toBe("Cancelled");
});

test("what a running job does, in a line", () => {
  expect(goingWords({ stage: "render", message: "Frame 40", eta_seconds: 120 })).toBe(
    "Render, Frame 40, about 2 min left",
  );
  expect(goingWords({ stage: null, message: "", eta_seconds: null })).toBe("");
});

test.each([
  [0, ""],
  [1, ""],
  [2, "2nd start of 20"],
  [3, "3rd start of 20"],
  [5, "5th start of 20"],
  [11, "11th start of 20"],
])("start %i", (starts, words) => expect(startWords({ state: "running", starts, max_starts: 20 })).toBe(words));

test("of what has ended, how often it was started", () =>
  expect(startWords({ state: "failed", starts: 5, max_starts: 5 })).toBe("5 starts"));

test("the page's answer leaves out what there is none of", () => {
  expect(boardWords({ running: 2, queued: 0, failed: 1 })).toBe("2 running, 1 failed");
  expect(boardWords({ running: 0, queued: 0, failed: 0 })).toBe("Nothing to do just now");
});

test("a queue without workers is a fault only where something waits", () => {
  const queue = { name: "cpu", waiting: 2, running: 0, oldest_at: null, workers: 0 } as const;
  expect(queueFault(queue)).toContain("2 jobs wait and no worker takes them");
  expect(queueFault({ ...queue, waiting: 0 })).toBeNull();
  expect(queueFault({ ...queue, workers: 1 })).toBeNull();
});

test("queues and workers, in a line", () => {
  expect(queueWords({ name: "cpu", waiting: 2, running: 1 })).toBe("Rendering: 2 wait, 1 runs");
  expect(queueWords({ name: "io", waiting: 0, running: 0 })).toBe("Publishing and waiting: nothing waits");
  expect(workersWords([{ silent: false }, { silent: true }])).toBe("1 worker alive, 1 silent");
  expect(workersWords([])).toBe("no workers alive");
});

test("a queued job may wait for its time", () => {
  const now = new Date("2026-11-21T09:00:00Z");
  expect(waitsForTime({ state: "queued", due_at: "2026-11-21T09:05:00Z" }, now)).toBe(true);
  expect(waitsForTime({ state: "queued", due_at: "2026-11-21T08:55:00Z" }, now)).toBe(false);
  expect(waitsForTime({ state: "running", due_at: "2026-11-21T09:05:00Z" }, now)).toBe(false);
});
