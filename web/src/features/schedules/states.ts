// The states of a schedule in words, icons and colours.
import { Ban, CircleCheck, CirclePause, CirclePlay, Hourglass } from "lucide-react";
import type { Schedule } from "@/api/schedules";
import type { Told } from "@/ui/State";

export const scheduleStates: Record<Schedule["state"], Told> = {
  pending: { kind: "calm", icon: Hourglass, word: "Not begun" },
  active: { kind: "go", icon: CirclePlay, word: "Active" },
  paused: { kind: "wait", icon: CirclePause, word: "Paused" },
  completed: { kind: "calm", icon: CircleCheck, word: "Done" },
  cancelled: { kind: "calm", icon: Ban, word: "Ended" },
};
