// What each page keeps in its address, read forgivingly: what is not understood is left out.
import { isDay, isMonth } from "@/lib/days";

type Raw = Record<string, unknown>;

const text = (raw: Raw, name: string) => {
  const value = raw[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

const oneOf = <T extends string>(raw: Raw, name: string, choices: readonly T[]) =>
  choices.find((choice) => choice === raw[name]);

const flag = (raw: Raw, name: string) =>
  raw[name] === true || raw[name] === "true" || raw[name] === 1 ? true : undefined;

export interface RootSearch {
  client?: string;
}

export const rootSearch = (raw: Raw): RootSearch => ({ client: text(raw, "client") });

export interface SignInSearch {
  to?: string;
  /** Why a sign-in with a provider came back. */
  failed?: string;
}

export const signInSearch = (raw: Raw): SignInSearch => ({ to: text(raw, "to"), failed: text(raw, "failed") });

export interface MakeSearch {
  character?: string;
  topic?: string;
}

export const makeSearch = (raw: Raw): MakeSearch => ({ character: text(raw, "character"), topic: text(raw, "topic") });

const REVIEW_TABS = ["script", "checks", "sources", "provenance", "history"] as const;

export interface ReviewSearch {
  content?: string;
  tab?: (typeof REVIEW_TABS)[number];
  publish?: true;
}

export const reviewSearch = (raw: Raw): ReviewSearch => ({
  content: text(raw, "content"),
  tab: oneOf(raw, "tab", REVIEW_TABS),
  publish: flag(raw, "publish"),
});

export interface CalendarSearch {
  view?: "month" | "list";
  month?: string;
  post?: string;
  day?: string;
}

export const calendarSearch = (raw: Raw): CalendarSearch => ({
  view: oneOf(raw, "view", ["month", "list"]),
  month: isMonth(text(raw, "month") ?? "") ? text(raw, "month") : undefined,
  post: text(raw, "post"),
  day: isDay(text(raw, "day") ?? "") ? text(raw, "day") : undefined,
});

export interface LibrarySearch {
  status?: string;
  character?: string;
  q?: string;
  item?: string;
  publish?: true;
}

export const librarySearch = (raw: Raw): LibrarySearch => ({
  status: text(raw, "status"),
  character: text(raw, "character"),
  q: text(raw, "q"),
  item: text(raw, "item"),
  publish: flag(raw, "publish"),
});

const CAST_TABS = ["profile", "persona", "look", "voice", "disclosure", "links", "versions"] as const;

export interface CastSearch {
  character?: string;
  tab?: (typeof CAST_TABS)[number];
  /** Two versions beside each other: `1-3`. */
  compare?: string;
  create?: true;
}

export const castSearch = (raw: Raw): CastSearch => ({
  character: text(raw, "character"),
  tab: oneOf(raw, "tab", CAST_TABS),
  compare: /^[1-9]\d{0,8}-[1-9]\d{0,8}$/.test(text(raw, "compare") ?? "") ? text(raw, "compare") : undefined,
  create: flag(raw, "create"),
});

const PERIODS = [7, 28, 90] as const;

export interface InsightsSearch {
  days?: (typeof PERIODS)[number];
  post?: string;
}

export const insightsSearch = (raw: Raw): InsightsSearch => ({
  days: PERIODS.find((days) => days === Number(raw.days)),
  post: text(raw, "post"),
});
