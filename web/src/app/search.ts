// What each page keeps in its address, read forgivingly: what is not understood is left out.
import type { PostState } from "@/api/shapes";
import type { Filters } from "@/features/phones/filters";
import { isDay } from "@/lib/days";
import { postStates } from "@/ui/states";

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

export interface AccountsSearch {
  /** The account that was linked on its server just now, or why none was. */
  linked?: string;
  failed?: string;
  /** The one that is open beside the list. */
  account?: string;
}

export const accountsSearch = (raw: Raw): AccountsSearch => ({
  account: text(raw, "account"),
  linked: text(raw, "linked"),
  failed: text(raw, "failed"),
});

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

const CALENDAR_VIEWS = ["month", "week", "day", "list"] as const;
const CALENDAR_PANELS = ["schedules", "import"] as const;

export interface CalendarSearch {
  view?: (typeof CALENDAR_VIEWS)[number];
  /** A day of what is shown; absent is today. */
  date?: string;
  account?: string;
  platform?: string;
  character?: string;
  state?: PostState;
  post?: string;
  panel?: (typeof CALENDAR_PANELS)[number];
  /** What is being planned: its day, and its time and account where they are known. */
  day?: string;
  time?: string;
  on?: string;
}

export const calendarSearch = (raw: Raw): CalendarSearch => {
  const state = text(raw, "state");
  return {
    view: oneOf(raw, "view", CALENDAR_VIEWS),
    date: isDay(text(raw, "date") ?? "") ? text(raw, "date") : undefined,
    account: text(raw, "account"),
    platform: text(raw, "platform"),
    character: text(raw, "character"),
    state: state !== undefined && Object.hasOwn(postStates, state) ? (state as PostState) : undefined,
    post: text(raw, "post"),
    panel: oneOf(raw, "panel", CALENDAR_PANELS),
    day: isDay(text(raw, "day") ?? "") ? text(raw, "day") : undefined,
    time: /^([01]\d|2[0-3]):[0-5]\d$/.test(text(raw, "time") ?? "") ? text(raw, "time") : undefined,
    on: text(raw, "on"),
  };
};

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

const PHONE_STATES = ["active", "maintenance", "failed", "quarantined", "offline"] as const;
const PHONE_PLATFORMS = ["android", "ios"] as const;

/** What was typed, which reads as a number where it is one. */
const typed = (raw: Raw, name: string) => (typeof raw[name] === "number" ? String(raw[name]) : text(raw, name));

const phoneFilters = (raw: Raw): Omit<Filters, "of"> => ({
  q: typed(raw, "q"),
  state: oneOf(raw, "state", PHONE_STATES),
  platform: oneOf(raw, "platform", PHONE_PLATFORMS),
  tag: typed(raw, "tag"),
  group: typed(raw, "group"),
  agent: text(raw, "agent"),
});

export interface WallSearch extends Omit<Filters, "of"> {
  /** The one phone that is shown large, by the end of its id. */
  large?: string;
  /** The selected ones, by the ends of their ids. */
  on?: string;
}

export const wallSearch = (raw: Raw): WallSearch => ({
  ...phoneFilters(raw),
  large: text(raw, "large"),
  on: text(raw, "on"),
});

export interface PhonesSearch extends Filters {
  /** The one that is open beside the list. */
  phone?: string;
}

export const phonesSearch = (raw: Raw): PhonesSearch => ({
  ...phoneFilters(raw),
  of: text(raw, "of"),
  phone: text(raw, "phone"),
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

const JOB_STATES = ["running", "queued", "failed", "done", "cancelled"] as const;

export interface JobsSearch {
  state?: (typeof JOB_STATES)[number];
  kind?: string;
  cause?: string;
  job?: string;
}

export const jobsSearch = (raw: Raw): JobsSearch => ({
  state: oneOf(raw, "state", JOB_STATES),
  kind: text(raw, "kind"),
  cause: text(raw, "cause"),
  job: text(raw, "job"),
});
