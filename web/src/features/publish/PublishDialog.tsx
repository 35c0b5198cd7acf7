// From approved to planned or out, on as many accounts as one likes: where, with which words, when.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Outcome, useDistribute } from "@/api/distribute";
import { ApiProblem } from "@/api/problem";
import { accountsQuery } from "@/api/posts";
import { useScope } from "@/api/scope";
import type { Account, ContentDetail, WallMoment } from "@/api/shapes";
import { showHashtags } from "@/lib/hashtags";
import { counted } from "@/lib/numbers";
import { firstGuess, tellWhen, whenFault } from "@/lib/when";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Segments } from "@/ui/Tabs";
import { useNow } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { WhenField } from "@/ui/WhenField";
import { AccountsField } from "@/ui/AccountsField";
import { AS_ALL, type Own, targetFor, type Timing, type Words } from "./drafts";
import { Outcomes } from "./Outcomes";
import { WordsPart } from "./WordsPart";

interface Props {
  content: ContentDetail;
  open: boolean;
  day?: string;
  time?: string;
  /** The account that it is meant for, as when its slot was pressed. */
  account?: string;
  /** The words to begin with, instead of the script's. */
  words?: Words;
  timing?: Timing;
  onClose: () => void;
}

export function PublishDialog(props: Props) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      wide
      title="Schedule or publish"
      about={
        <span dir="auto" className="line-clamp-1">
          {props.content.script?.title || props.content.topic}
        </span>
      }
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ content, day, time, account, words, timing: first = "at", onClose }: Props) {
  const { zone: viewer, clientOf } = useScope();
  const now = useNow();
  const clientZone = clientOf(content.client_id)?.zone ?? viewer;
  const accounts = useQuery(accountsQuery(content.client_id));
  const distribute = useDistribute();
  const [picked, setPicked] = useState<readonly string[] | null>(account ? [account] : null);
  const [common, setCommon] = useState<Words>(
    () => words ?? { caption: content.script?.caption ?? "", tags: showHashtags(content.script?.hashtags ?? []) },
  );
  const [owns, setOwns] = useState<Record<string, Own>>({});
  const [tab, setTab] = useState("all");
  const [timing, setTiming] = useState<Timing>(first);
  const [at, setAt] = useState<WallMoment>(() => ({ wall: guessWall(clientZone, day, time), zone: clientZone }));
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [tried, setTried] = useState(false);

  const done = new Set(outcomes.filter((one) => one.post).map((one) => one.account_id));
  const all = accounts.data ?? [];
  const chosen = (picked ?? guess(all, content.character.id)).filter((id) => !done.has(id));
  const going = all.filter((one) => chosen.includes(one.id));
  const fault = (moment: WallMoment) => (tried || moment.wall === "" ? whenFault(moment, now) : null);
  const late =
    timing === "at" &&
    (whenFault(at, now) || going.some((one) => owns[one.id]?.at && whenFault(owns[one.id]?.at ?? at, now)));
  const fields = distribute.error instanceof ApiProblem ? distribute.error.fields : {};

  /** `again` sends the content a second time where it is already. */
  const send = async (ids: readonly string[], again = false) => {
    setTried(true);
    if (ids.length === 0 || late) return;
    let made: readonly Outcome[];
    try {
      const targets = ids.map((id) => targetFor(id, common, owns[id], timing, again));
      const answer = await distribute.mutateAsync({
        content_id: content.id,
        at: timing === "at" ? at : null,
        slot: timing === "slot",
        targets,
      });
      made = answer.items;
    } catch {
      return; // `distribute.error` is shown
    }
    const kept = outcomes.filter(
      (one) => !ids.includes(one.account_id) && (one.post || chosen.includes(one.account_id)),
    );
    const known = [...kept, ...made];
    if (known.every((one) => one.post)) {
      say(toldOf(timing, known.length, tellWhen(at, viewer, now)));
      onClose();
    } else setOutcomes(known);
  };
  const tell = `${counted(chosen.length, "account")}`;

  return (
    <DialogForm onSubmit={() => void send(chosen)}>
      <DialogBody className="flex flex-col gap-5">
        {outcomes.length > 0 && (
          <Outcomes outcomes={outcomes} accounts={all} onChange={setTab} onAgain={(id) => void send([id], true)} />
        )}
        <AccountsField
          accounts={{ ...accounts, data: accounts.data?.filter((one) => !done.has(one.id)) } as typeof accounts}
          chosen={chosen}
          onChange={setPicked}
          error={tried && accounts.data && chosen.length === 0 ? "Choose at least one account." : null}
        />
        <WordsPart
          content={content.id}
          accounts={going}
          open={going.some((one) => one.id === tab) && going.length > 1 ? tab : "all"}
          onOpen={setTab}
          common={common}
          onCommon={setCommon}
          owns={owns}
          onOwn={(id, own) => setOwns({ ...owns, [id]: own ?? AS_ALL })}
          timing={timing}
          at={at}
          clientZone={clientZone}
          fault={fault}
          errors={fields}
        />
        <div className="flex flex-col gap-3">
          <Segments
            label="When"
            className="self-start"
            value={timing}
            onChange={setTiming}
            options={[
              { value: "at", label: "At a time" },
              { value: "slot", label: "Next free slot" },
              { value: "now", label: "Now" },
            ]}
          />
          {timing === "at" && (
            <WhenField
              value={at}
              onChange={setAt}
              clientZone={clientZone}
              error={fault(at) ?? fields["at.wall"] ?? fields.at ?? fields.wall}
            />
          )}
          {timing === "slot" && (
            <p className="text-ink-2">Each account takes the next of its queue slots that is free.</p>
          )}
          {timing === "now" && <p className="text-ink-2">It goes out at once, for everybody to see.</p>}
        </div>
        {distribute.error && <ErrorNote error={distribute.error} />}
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>{done.size ? "Close" : "Not yet"}</Button>
        <Button tone="go" type="submit" busy={distribute.isPending}>
          {timing === "now" ? `Publish to ${tell} now` : `Schedule for ${tell}`}
        </Button>
      </DialogFoot>
    </DialogForm>
  );
}

function guessWall(zone: string, day: string | undefined, time: string | undefined): string {
  return day && time ? `${day}T${time}` : firstGuess(new Date(), zone, day);
}

function toldOf(timing: Timing, made: number, when: string): string {
  if (timing === "now") return "On its way out.";
  if (timing === "slot") return `Planned in the next free slot of ${counted(made, "account")}.`;
  return `Scheduled for ${when}.`;
}

/** The character's own accounts when there are any, else the only one. */
function guess(accounts: readonly Account[], character: string): string[] {
  const own = accounts.filter((account) => account.character_id === character).map((account) => account.id);
  if (own.length) return own;
  return accounts.length === 1 && accounts[0] ? [accounts[0].id] : [];
}
