// What became of each account after sending: planned, or why not and what to do; one failing fails no other.
import { CircleCheck, CircleX } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Outcome } from "@/api/distribute";
import { asksAgain } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Account } from "@/api/shapes";
import { PlatformIcon } from "@/ui/AccountMark";
import { short } from "@/lib/moments";
import { Button } from "@/ui/Button";
import { State } from "@/ui/State";
import { useNow } from "@/ui/Time";

interface Props {
  outcomes: readonly Outcome[];
  accounts: readonly Account[];
  onChange: (account: string) => void;
  onAgain: (account: string) => void;
}

export function Outcomes({ outcomes, accounts, onChange, onAgain }: Props) {
  const { zone } = useScope();
  const now = useNow();
  const top = useRef<HTMLElement>(null);
  // The button that was pressed stands at the other end of a long dialog.
  useEffect(() => {
    top.current?.scrollIntoView({ block: "nearest" });
  }, [outcomes]);
  return (
    <section ref={top} aria-label="What became of it" className="rounded-md border">
      <ul>
        {outcomes.map(({ account_id, post, problem }) => {
          const account = accounts.find((one) => one.id === account_id);
          return (
            <li
              key={account_id}
              className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b px-3 py-2 last:border-b-0"
            >
              <State
                bare
                className="shrink-0"
                told={
                  problem
                    ? { kind: "broken", icon: CircleX, word: "Not planned" }
                    : { kind: "go", icon: CircleCheck, word: post?.due_at ? "Planned" : "On its way" }
                }
              />
              <span className="min-w-0 flex-1 basis-56">
                <span className="flex items-center gap-1 font-medium">
                  {account && <PlatformIcon platform={account.platform} />}
                  <span dir="auto">{account?.name ?? "An account"}</span>
                </span>
                <span className="block text-sm text-ink-2">
                  {problem ? problem.detail || problem.title : post?.due_at && short(new Date(post.due_at), zone, now)}
                </span>
              </span>
              {problem && (
                <span className="flex gap-2">
                  {asksAgain(problem.fields) && (
                    <Button small onClick={() => onAgain(account_id)}>
                      Post it there again
                    </Button>
                  )}
                  <Button small onClick={() => onChange(account_id)}>
                    Change it
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
