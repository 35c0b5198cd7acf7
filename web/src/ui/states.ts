// The words, icons and colours of every state that records have. Said once, so that they read alike everywhere.
import {
  Ban,
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clapperboard,
  Clock,
  Eye,
  Image,
  PenLine,
  RefreshCw,
  ScanSearch,
  Send,
  Trash2,
  Undo2,
} from "lucide-react";
import type { ContentStatus, PostState, StageRun } from "@/api/shapes";
import type { Told } from "./State";

export const contentStates: Record<ContentStatus, Told> = {
  scripting: { kind: "run", icon: PenLine, word: "Writing" },
  generating: { kind: "run", icon: Image, word: "Making" },
  assembling: { kind: "run", icon: Clapperboard, word: "Rendering" },
  checking: { kind: "run", icon: ScanSearch, word: "Checking" },
  review: { kind: "wait", icon: Eye, word: "To review" },
  approved: { kind: "go", icon: CircleCheck, word: "Approved" },
  rejected: { kind: "wait", icon: Undo2, word: "Sent back" },
  failed: { kind: "broken", icon: CircleX, word: "Failed" },
  cancelled: { kind: "calm", icon: Ban, word: "Cancelled" },
};

export const postStates: Record<PostState, Told> = {
  draft: { kind: "calm", icon: CircleDashed, word: "Draft" },
  approved: { kind: "calm", icon: CircleCheck, word: "Approved" },
  scheduled: { kind: "calm", icon: CalendarClock, word: "Scheduled" },
  claimed: { kind: "run", icon: Send, word: "Due" },
  publishing: { kind: "run", icon: Send, word: "Publishing" },
  published: { kind: "go", icon: CircleCheck, word: "Published" },
  unknown: { kind: "wait", icon: CircleHelp, word: "Outcome unknown" },
  failed: { kind: "broken", icon: CircleX, word: "Failed" },
  missed: { kind: "wait", icon: Clock, word: "Missed" },
  cancelled: { kind: "calm", icon: Ban, word: "Cancelled" },
  removed: { kind: "calm", icon: Trash2, word: "Taken down" },
};

export const stageStates: Record<StageRun["state"], Told> = {
  waiting: { kind: "calm", icon: CircleDashed, word: "Waiting" },
  running: { kind: "run", icon: RefreshCw, word: "Running" },
  done: { kind: "go", icon: CircleCheck, word: "Done" },
  failed: { kind: "broken", icon: CircleX, word: "Failed" },
};

const strange: Told = { kind: "calm", icon: CircleHelp, word: "Unknown" };

/** Also right for a state that a newer server knows and this page does not. */
export function contentState(status: string): Told {
  return contentStates[status as ContentStatus] ?? { ...strange, word: status };
}

export function postState(state: string): Told {
  return postStates[state as PostState] ?? { ...strange, word: state };
}
