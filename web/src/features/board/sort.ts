// What stands where on the call board. Pure.
import { isRunning } from "@/api/contents";
import type { Content, Post, PostState } from "@/api/shapes";

export type Entry = { kind: "content"; at: string; content: Content } | { kind: "post"; at: string; post: Post };

export interface Board {
  /** Broken: it goes on only when somebody does something. */
  wrong: Entry[];
  /** Waits for a person: longest first. */
  waits: Entry[];
  running: Entry[];
  /** Goes out next: soonest first. */
  next: Entry[];
  /** Published, latest first. */
  out: Entry[];
}

const LIVE: readonly PostState[] = [
  "draft",
  "approved",
  "scheduled",
  "claimed",
  "publishing",
  "published",
  "unknown",
  "missed",
  "failed",
];

export function sortBoard(contents: readonly Content[], posts: readonly Post[]): Board {
  const planned = new Set(posts.filter((post) => LIVE.includes(post.state)).map((post) => post.content.id));
  const ofContents = (wanted: (content: Content) => boolean): Entry[] =>
    contents.filter(wanted).map((content) => ({ kind: "content", at: content.updated_at, content }));
  const ofPosts = (wanted: readonly PostState[], at: (post: Post) => string | null): Entry[] =>
    posts
      .filter((post) => wanted.includes(post.state))
      .map((post) => ({ kind: "post", at: at(post) ?? post.due_at ?? "", post }));
  const due = (post: Post) => post.due_at;

  return {
    wrong: sorted([...ofContents((one) => one.status === "failed"), ...ofPosts(["failed"], due)], "latest"),
    waits: sorted(
      [
        ...ofContents((one) => one.status === "review" || one.status === "rejected"),
        ...ofContents((one) => one.status === "approved" && !planned.has(one.id)),
        ...ofPosts(["unknown", "missed"], due),
      ],
      "earliest",
    ),
    running: sorted([...ofContents(isRunning), ...ofPosts(["claimed", "publishing"], due)], "earliest"),
    next: sorted(ofPosts(["scheduled"], due), "earliest"),
    out: sorted(
      ofPosts(["published"], (post) => post.posted_at),
      "latest",
    ),
  };
}

function sorted(entries: Entry[], first: "earliest" | "latest"): Entry[] {
  const sign = first === "earliest" ? 1 : -1;
  return entries.sort((a, b) => sign * (Date.parse(a.at) - Date.parse(b.at)));
}

/** What the board says in its title line. */
export function boardAnswer(board: Board): string {
  const parts: string[] = [];
  if (board.wrong.length) parts.push(`${board.wrong.length} went wrong`);
  if (board.waits.length) parts.push(`${board.waits.length} ${board.waits.length === 1 ? "waits" : "wait"} for you`);
  if (board.running.length) parts.push(`${board.running.length} running`);
  if (board.next.length) parts.push(`${board.next.length} to go out`);
  return parts.length ? parts.join(", ") : "Nothing waits for you";
}
