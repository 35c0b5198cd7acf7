// What happened to a phone: came, went, given away, out of work and back, held by whom and why no longer.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowRightLeft, HandGrab, Plug, Unplug } from "lucide-react";
import { historyQuery, type PhoneMoment, type PhoneState } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { History, HistoryHead } from "@/ui/History";
import type { Told } from "@/ui/State";
import { momentWords, phoneStates } from "../words";

export function HistoryPart({ phone }: { phone: string }) {
  const list = useInfiniteQuery(historyQuery(phone));
  return (
    <History
      label="What happened to it"
      list={list}
      empty="Nothing yet. Who held it, and when it came and went, stands here."
      row={(moment) => <Moment moment={moment} />}
    />
  );
}

const HAPPENED: Record<Exclude<PhoneMoment["kind"], "state">, Told> = {
  came: { kind: "go", icon: Plug, word: "Came" },
  went: { kind: "wait", icon: Unplug, word: "Went" },
  given: { kind: "calm", icon: ArrowRightLeft, word: "Given" },
  left: { kind: "calm", icon: ArrowRightLeft, word: "Given away" },
  held: { kind: "calm", icon: HandGrab, word: "Held" },
};

function Moment({ moment }: { moment: PhoneMoment }) {
  const { clientOf } = useScope();
  const told = moment.kind === "state" ? phoneStates[moment.becomes as PhoneState] : HAPPENED[moment.kind];
  const client = moment.client_id ? (clientOf(moment.client_id)?.name ?? "another client") : "nobody";
  return (
    <>
      <HistoryHead told={told} at={moment.at} />
      <p dir="auto" className="text-sm [overflow-wrap:anywhere] text-ink-2">
        {momentWords(moment, client)}
      </p>
    </>
  );
}
