// The one live line to the server: events make cached answers old, progress is written straight into them.
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { retryAfter, sseParser } from "@/lib/sse";
import { askAgainSoon, jobNews, writeJobNews } from "./jobProgress";
import { takePlace } from "./place";
import type { Content, ContentDetail, Page } from "./shapes";
import { detailWithProgress, type LiveEvent, progressOf, touched, withProgress } from "./touched";

export type Line = "off" | "connecting" | "open" | "lost";

let line: Line = "off";
const watchers = new Set<() => void>();

function setLine(next: Line) {
  if (line === next) return;
  line = next;
  for (const tell of watchers) tell();
}

export function useLine(): Line {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => line,
  );
}

const HIDDEN_FOR = 60_000;

/**
 * Keeps a line open while the page is looked at; gives back how to hang up. A page hidden for a minute hangs up
 * by itself (a browser allows few connections to one server) and asks for everything again when it is back.
 */
export function listen(cache: QueryClient): () => void {
  let stop = connect(cache);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let away = false;
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") {
      timer = setTimeout(() => {
        away = true;
        stop();
      }, HIDDEN_FOR);
    } else if (away) {
      away = false;
      takePlace(); // of long ago
      void cache.invalidateQueries();
      stop = connect(cache);
    }
  };
  document.addEventListener("visibilitychange", watch);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", watch);
    stop();
  };
}

function connect(cache: QueryClient): () => void {
  const hangUp = new AbortController();
  void keepReading(cache, hangUp.signal);
  return () => {
    hangUp.abort();
    setLine("off");
  };
}

async function keepReading(cache: QueryClient, signal: AbortSignal) {
  const began = takePlace();
  let lastId: string | null = null as string | null;
  let tries = 0;
  while (!signal.aborted) {
    setLine(tries > 1 ? "lost" : "connecting");
    const after = lastId ?? began;
    try {
      const response: Response = await fetch("/api/v1/events", {
        headers: { Accept: "text/event-stream", ...(after ? { "Last-Event-ID": after } : {}) },
        credentials: "same-origin",
        signal,
      });
      if (response.status === 401) {
        void cache.invalidateQueries({ queryKey: ["session"] }); // which then asks who sits there
        return setLine("off");
      }
      if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
      setLine("open");
      if (tries > 0 && !lastId) void cache.invalidateQueries();
      tries = 0;
      const read = sseParser();
      for await (const chunk of texts(response.body)) {
        for (const event of read(chunk)) {
          lastId = event.id ?? lastId;
          take(cache, event.data);
        }
      }
    } catch {
      if (signal.aborted) return;
    }
    tries += 1;
    await pause(retryAfter(tries, Math.random()), signal);
  }
}

async function* texts(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function take(cache: QueryClient, data: string) {
  let event: LiveEvent;
  try {
    event = JSON.parse(data) as LiveEvent;
  } catch {
    return;
  }
  const job = jobNews(event);
  if (job) writeJobNews(cache, job);
  const news = progressOf(event);
  if (news) {
    cache.setQueriesData<Page<Content>>({ queryKey: ["contents"] }, (page) =>
      page?.items ? withProgress(page, news.content, news.progress) : page,
    );
    cache.setQueryData<ContentDetail>(["content", news.content], (detail) =>
      detail ? detailWithProgress(detail, news.progress) : detail,
    );
    return;
  }
  if (job) return;
  for (const queryKey of touched(event)) {
    if (queryKey[0] === "jobs" || queryKey[0] === "phones") askAgainSoon(cache, queryKey);
    else void cache.invalidateQueries({ queryKey });
  }
}
