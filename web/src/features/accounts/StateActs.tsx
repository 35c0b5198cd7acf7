// What a person can do about an account's state, as buttons; what only the platform can do has none.
import { CirclePause, CirclePlay, Moon, Undo2, Unplug } from "lucide-react";
import { useState } from "react";
import { useMoveAccount, useReverseMove } from "@/api/accounts";
import { isStatus } from "@/api/problem";
import type { Account } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { say } from "@/ui/Toast";
import { RestDialog } from "./RestDialog";
import { isPlatforms, posts } from "./words";

export function StateActs({ account, onReconnect }: { account: Account; onReconnect: () => void }) {
  const move = useMoveAccount();
  const reverse = useReverseMove();
  const [resting, setResting] = useState(false);
  const error = move.error ?? reverse.error;
  const still = account.state !== "closed" && !isPlatforms(account);
  const to = (state: "active" | "paused", told: string) =>
    move.mutate({ account, to: state, why: "" }, { onSuccess: () => say(told) });
  const back = () => reverse.mutate({ account, why: "" }, { onSuccess: () => say("What the rule did is taken back.") });
  return (
    <>
      {account.remote_id && account.state !== "closed" && (
        <Button
          tone={account.needs_reconnect || isPlatforms(account) ? "go" : undefined}
          icon={Unplug}
          onClick={onReconnect}
        >
          Reconnect
        </Button>
      )}
      {still && !posts(account) && (
        <Button
          tone={account.needs_reconnect ? undefined : "go"}
          icon={CirclePlay}
          busy={move.isPending}
          onClick={() => to("active", `${account.name} posts again.`)}
        >
          Let it post again
        </Button>
      )}
      {account.reversible && posts(account) && account.state === "ramping" && (
        <Button icon={Undo2} busy={reverse.isPending} onClick={back}>
          Repeat the phase before
        </Button>
      )}
      {still && account.state !== "paused" && (
        <Button icon={CirclePause} busy={move.isPending} onClick={() => to("paused", `${account.name} is paused.`)}>
          Pause
        </Button>
      )}
      {still && (
        <Button icon={Moon} onClick={() => setResting(true)}>
          {account.state === "resting" ? "Change its rest" : "Let it rest"}
        </Button>
      )}
      {error && (
        <ErrorNote
          className="basis-full"
          error={isStatus(error, 412) ? "Somebody changed it meanwhile. Look at it again, then decide." : error}
          retry="Close"
          onRetry={() => (move.reset(), reverse.reset())}
        />
      )}
      {resting && <RestDialog account={account} onClose={() => setResting(false)} />}
    </>
  );
}
