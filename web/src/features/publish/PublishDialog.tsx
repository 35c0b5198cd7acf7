// From approved to planned or out: where, with which words, when.
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { accountsQuery, useCreatePost } from "@/api/posts";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Account, ContentDetail, WallMoment } from "@/api/shapes";
import { readHashtags, showHashtags } from "@/lib/hashtags";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { Segments } from "@/ui/Tabs";
import { useNow } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { WhenField } from "@/ui/WhenField";
import { firstGuess, tellWhen, whenFault } from "@/lib/when";
import { AccountsPart } from "./AccountsPart";

const CAPTION_LIMIT = 2200;

interface Props {
  content: ContentDetail;
  open: boolean;
  day?: string;
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

function Form({ content, day, onClose }: Props) {
  const { zone: viewer, clientOf } = useScope();
  const now = useNow();
  const clientZone = clientOf(content.client_id)?.zone ?? viewer;
  const accounts = useQuery(accountsQuery(content.client_id));
  const create = useCreatePost();
  // Accounts whose post is made already, so that a second press after a fault makes only what is missing.
  const made = useRef(new Set<string>());
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [caption, setCaption] = useState(content.script?.caption ?? "");
  const [tags, setTags] = useState(showHashtags(content.script?.hashtags ?? []));
  const [timing, setTiming] = useState<"at" | "now">("at");
  const [at, setAt] = useState<WallMoment>(() => ({ wall: firstGuess(new Date(), clientZone, day), zone: clientZone }));
  const [tried, setTried] = useState(false);

  const chosen = picked ?? guess(accounts.data ?? [], content.character.id);
  const late = timing === "at" ? whenFault(at, now) : null;
  const long = [...caption].length > CAPTION_LIMIT;
  const fields = create.error instanceof ApiProblem ? create.error.fields : {};

  const send = async () => {
    setTried(true);
    if (chosen.length === 0 || late || long) return;
    for (const account of chosen) {
      if (made.current.has(account)) continue;
      try {
        await create.mutateAsync({
          client: content.client_id,
          content_id: content.id,
          account_id: account,
          caption,
          hashtags: readHashtags(tags),
          at: timing === "now" ? null : at,
        });
      } catch {
        return; // `create.error` is shown
      }
      made.current.add(account);
    }
    say(timing === "now" ? "On its way out." : `Scheduled for ${tellWhen(at, viewer, now)}.`);
    onClose();
  };

  return (
    <DialogForm onSubmit={() => void send()}>
      <DialogBody className="flex flex-col gap-5">
        <AccountsPart
          accounts={accounts}
          chosen={chosen}
          onChange={setPicked}
          error={tried && accounts.data && chosen.length === 0 ? "Choose at least one account." : null}
        />
        <Field
          label="Caption"
          aside={`${[...caption].length} / ${CAPTION_LIMIT}`}
          error={
            (long ? `A caption has up to ${CAPTION_LIMIT} characters; this one is never cut for you.` : null) ??
            fields.caption
          }
        >
          {(tied) => (
            <TextArea
              {...tied}
              name="caption"
              rows={4}
              value={caption}
              onChange={(event) => setCaption(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Hashtags"
          hint={`${counted(readHashtags(tags).length, "hashtag")}. The AI label is added by Greenroom.`}
          error={fields.hashtags}
        >
          {(tied) => (
            <TextInput {...tied} name="hashtags" value={tags} onChange={(event) => setTags(event.target.value)} />
          )}
        </Field>
        <div className="flex flex-col gap-3">
          <Segments
            label="When"
            className="self-start"
            value={timing}
            onChange={setTiming}
            options={[
              { value: "at", label: "At a time" },
              { value: "now", label: "Now" },
            ]}
          />
          {timing === "at" && (
            <WhenField
              value={at}
              onChange={setAt}
              clientZone={clientZone}
              error={(tried || at.wall === "" ? late : null) ?? fields.at ?? fields.wall}
            />
          )}
          {timing === "now" && <p className="text-ink-2">It goes out at once, for everybody to see.</p>}
        </div>
        {create.error && <ErrorNote error={create.error} />}
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>Not yet</Button>
        <Button tone="go" type="submit" busy={create.isPending}>
          {timing === "now"
            ? `Publish to ${counted(chosen.length, "account")} now`
            : `Schedule for ${counted(chosen.length, "account")}`}
        </Button>
      </DialogFoot>
    </DialogForm>
  );
}

/** The character's own account when there is one, else the only one. */
function guess(accounts: readonly Account[], character: string): string[] {
  const own = accounts.filter((account) => account.character_id === character).map((account) => account.id);
  if (own.length) return own;
  return accounts.length === 1 && accounts[0] ? [accounts[0].id] : [];
}
