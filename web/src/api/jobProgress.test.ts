import { expect, test, vi } from "vitest";
import { QueryClient } from "@tanstack/react-query";
import { askAgainSoon, jobNews, type JobNews, pagesWithNews, withNews } from "./jobProgress";
import type { Job, JobPages } from "./jobs";
import type { LiveEvent } from "./touched";

const news: JobNews = {
  id: "j1",
  state: "running",
  stage: "render",
  fraction: 0.4,
  message: "Frame 40",
  eta_seconds: 31,
};

const event = (more: Partial<LiveEvent>): LiveEvent => ({
  kind: "job.progress",
  subject_type: "job",
  subject_id: "j1",
  client_id: "k1",
  message: "",
  severity: "info",
  at: "",
  data: { ...news, title: "Make: tides" },
  ...more,
});

test("progress is read from a running job's event only", () => {
  expect(jobNews(event({}))).toEqual(news);
  expect(jobNews(event({ kind: "job.changed" }))).toBeNull();
  expect(jobNews(event({ data: { ...news, state: "done" } }))).toBeNull();
  expect(jobNews(event({ data: null }))).toBeNull();
  expect(jobNews(event({ data: { id: "j1", state: "running", fraction: "much" } }))).toEqual({
    id: "j1",
    state: "running",
    stage: null,
    fraction: 0,
    message: "",
    eta_seconds: null,
  });
});

test("a late word does not bring an ended job back", () => {
  const done = { id: "j1", state: "done", fraction: 1 } as Job;
  expect(withNews(done, news)).toBe(done);
  expect(withNews({ ...done, state: "running", fraction: 0 }, news).fraction).toBe(0.4);
});

test("it reaches the page it is on and leaves the others alone", () => {
  const job = (id: string) => ({ id, state: "running", fraction: 0 }) as Job;
  const pages: JobPages = {
    pageParams: [undefined, "c"],
    pages: [{ items: [job("j0")], next: "c" }, { items: [job("j1")] }],
  };
  const told = pagesWithNews(pages, news);
  expect(told.pages[1]?.items[0]?.fraction).toBe(0.4);
  expect(told.pages[0]?.items[0]).toBe(pages.pages[0]?.items[0]);
  expect(pagesWithNews(pages, { ...news, id: "j9" })).toBe(pages);
});

test("many events ask once", () => {
  vi.useFakeTimers();
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, "invalidateQueries");
  for (let n = 0; n < 50; n++) askAgainSoon(cache, ["jobs"]);
  vi.runAllTimers();
  expect(asked).toHaveBeenCalledTimes(1);
  askAgainSoon(cache, ["jobs"]);
  vi.runAllTimers();
  expect(asked).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
