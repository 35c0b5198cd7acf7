// Chooses an approved video for a free day.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { contentsQuery } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { Account } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { clock } from "@/lib/moments";
import { ButtonLink } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { Dialog, DialogBody } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { TextInput } from "@/ui/Field";
import { Thumb } from "@/ui/Portrait";
import { SkeletonRows } from "@/ui/Skeleton";
import { Badge } from "@/ui/State";

/** From so many on, a field finds among them. */
const SEARCHED = 8;

interface Props {
  day: string;
  time: string | undefined;
  /** Where it goes, when one of an account's slots was pressed. */
  account: Account | undefined;
  planned: ReadonlySet<string>;
  onClose: () => void;
  onPick: (contentId: string) => void;
}

export function PlanDialog({ day, time, account, planned, onClose, onPick }: Props) {
  const { clientId } = useScope();
  const contents = useQuery(contentsQuery({ client: account?.client_id ?? clientId, status: "approved" }));
  const [words, setWords] = useState("");
  const all = contents.data ?? [];
  // What is not planned yet comes first; one content may well go to several accounts.
  const ready = [...all.filter((one) => !planned.has(one.id)), ...all.filter((one) => planned.has(one.id))].filter(
    (one) => `${one.topic} ${one.character.name}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Plan for ${dayName(day)}${time ? `, ${time}` : ""}`}
      about={account ? `Which approved video should go out on ${account.name}?` : "Which approved video should go out?"}
    >
      <DialogBody>
        {contents.error && <ErrorNote error={contents.error} onRetry={() => void contents.refetch()} />}
        {contents.isPending && <SkeletonRows rows={3} />}
        {all.length > SEARCHED && (
          <TextInput
            aria-label="Find a video"
            placeholder="Find a video"
            className="mb-2"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        {all.length > 0 && ready.length === 0 && <p className="py-4 text-ink-3">No approved video has these words.</p>}
        {contents.data && all.length === 0 && (
          <EmptyState
            picture="shelves"
            title="Nothing is ready"
            className="py-4"
            act={
              <ButtonLink tone="go" to="/make">
                Make a video
              </ButtonLink>
            }
          >
            No video is approved yet. What you approve stands here, to be planned.
          </EmptyState>
        )}
        <ul>
          {ready.map((one) => (
            <li key={one.id} className="border-b last:border-b-0">
              <button
                type="button"
                onClick={() => onPick(one.id)}
                className="flex w-full items-center gap-3 py-2 text-left -outline-offset-2 hover:bg-hover"
              >
                <Thumb src={one.thumbnail_url} className="w-8 rounded-sm" />
                <span className="min-w-0 flex-1">
                  <span dir="auto" className="line-clamp-2 font-medium">
                    {one.topic}
                  </span>
                  <span className="flex flex-wrap gap-x-2 text-sm text-ink-3">
                    <span dir="auto">{one.character.name}</span>
                    {one.duration !== null && <span className="figures">{clock(one.duration)}</span>}
                    {planned.has(one.id) && <Badge>planned already</Badge>}
                    <ClientTag id={one.client_id} />
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}
