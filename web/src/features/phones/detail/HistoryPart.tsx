// What happened to a phone: came, went, given away, out of work and back, held by whom and why no longer.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowRightLeft, HandGrab, Plug, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { historyQuery, type PhoneMoment, type PhoneState } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { took } from "@/lib/moments";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State, type Told } from "@/ui/State";
import { Time } from "@/ui/Time";
import { endedWords, phoneStates } from "../words";

export function HistoryPart({ phone }: { phone: string }) {
  const list = useInfiniteQuery(historyQuery(phone));
  const moments = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="What happened">
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.data && moments.length === 0 && (
        <p className="text-sm text-ink-2">Nothing yet. Who held it, and when it came and went, stands here.</p>
      )}
      {moments.length > 0 && (
        <ol aria-label="What happened to it">
          {moments.map((one) => (
            <Row key={one.id} moment={one} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button small className="mt-2" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Section>
  );
}

const HAPPENED: Record<Exclude<PhoneMoment["kind"], "state">, Told> = {
  came: { kind: "go", icon: Plug, word: "Came" },
  went: { kind: "wait", icon: Unplug, word: "Went" },
  given: { kind: "calm", icon: ArrowRightLeft, word: "Given" },
  left: { kind: "calm", icon: ArrowRightLeft, word: "Given away" },
  held: { kind: "calm", icon: HandGrab, word: "Held" },
};

function Row({ moment }: { moment: PhoneMoment }) {
  const told = moment.kind === "state" ? phoneStates[moment.becomes as PhoneState] : HAPPENED[moment.kind];
  return (
    <li className="border-b py-2 last:border-b-0">
      <span className="flex flex-wrap items-center gap-x-2">
        <State bare told={told} />
        <span className="ml-auto text-sm text-ink-3">
          <Time at={moment.at} />
        </span>
      </span>
      <p dir="auto" className="text-sm [overflow-wrap:anywhere] text-ink-2">
        <Words moment={moment} />
      </p>
    </li>
  );
}

function Words({ moment }: { moment: PhoneMoment }): ReactNode {
  const { clientOf } = useScope();
  const by = moment.by_name ? ` by ${moment.by_name}` : "";
  const client = moment.client_id ? (clientOf(moment.client_id)?.name ?? "another client") : "nobody";
  switch (moment.kind) {
    case "held": {
      const seconds = moment.since ? (Date.parse(moment.at) - Date.parse(moment.since)) / 1000 : 0;
      return `${moment.holder_name}, ${took(seconds)}; ${endedWords(moment)}`;
    }
    case "given":
      return `to ${client}${by}`;
    case "left":
      return `from ${client}${by}`;
    case "state":
      return [moment.why, moment.by_name && `said ${moment.by_name}`].filter(Boolean).join("; ");
    default:
      return moment.why;
  }
}
