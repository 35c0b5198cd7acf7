// What the account is held to: its cap a day, the distance between posts, its ramp. Saved for the version that was seen.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useChangePace } from "@/api/accounts";
import { ApiProblem, isStatus } from "@/api/problem";
import type { Account } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, TextInput } from "@/ui/Field";
import { Section } from "@/ui/Page";
import { say } from "@/ui/Toast";
import { paceDraft, paceFaults, paceChange } from "./pace";

export function PaceForm({ account }: { account: Account }) {
  const cache = useQueryClient();
  const change = useChangePace();
  const latest = useRef(account);
  useEffect(() => {
    latest.current = account;
  });
  // What was typed belongs to the account as it was seen; a newer one is taken up only while nothing is typed.
  const [seen, setSeen] = useState(account);
  const [draft, setDraft] = useState(() => paceDraft(account));
  const faults = paceFaults(draft);
  const wanted = paceChange(seen, draft);
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  const stale = isStatus(change.error, 412);
  const changed = Object.keys(wanted).length > 0;
  const take = (now: Account) => {
    setSeen(now);
    setDraft(paceDraft(now));
    change.reset();
  };
  if (!changed && seen !== account && seen.version <= account.version) {
    setSeen(account);
    setDraft(paceDraft(account));
  }
  const send = () => {
    if (Object.keys(faults).length > 0 || !changed) return;
    change.mutate(
      { account: seen, ...wanted },
      {
        onSuccess: (now) => {
          take(now);
          say(`${now.name} has another pace.`);
        },
      },
    );
  };
  const number = (name: "cap" | "apart", label: string, hint: string, error: string | undefined) => (
    <Field label={label} hint={hint} error={error ?? null} className="flex-1 basis-40">
      {(tied) => (
        <TextInput
          {...tied}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          className="figures"
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Section title="Pace">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="flex flex-wrap gap-3">
          {number("cap", "Posts a day", "At most, once the ramp is over.", faults.cap ?? fields.daily_cap)}
          {number("apart", "Minutes apart", "Between two posts; 0 for none.", faults.apart ?? fields.minutes_apart)}
        </div>
        <Checkbox
          name="ramp"
          checked={draft.ramp}
          onChange={(event) => setDraft({ ...draft, ramp: event.target.checked })}
          label="Ramp"
          hint={
            seen.pace.ramp
              ? "Off: it may have its full cap from today on."
              : "On: it begins today with one post a day and rises for four weeks."
          }
        />
        {change.error && !stale && Object.keys(fields).length === 0 && <ErrorNote error={change.error} />}
        {stale && (
          <ErrorNote
            error="Somebody changed this account while you were at it. Take what it is now, then change it again."
            retry="Take what it is now"
            onRetry={() => void cache.refetchQueries({ queryKey: ["accounts"] }).then(() => take(latest.current))}
          />
        )}
        <div className="flex gap-2">
          <Button type="submit" disabled={!changed} busy={change.isPending}>
            Save the pace
          </Button>
          {changed && (
            <Button tone="quiet" onClick={() => take(account)}>
              Leave it
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
