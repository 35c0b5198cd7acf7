// The words and times: for all accounts, and for each by itself, with what the platform will show beside them.
import type { Account, WallMoment } from "@/api/shapes";
import { PlatformIcon } from "@/ui/AccountMark";
import { readHashtags } from "@/lib/hashtags";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { WhenField } from "@/ui/WhenField";
import { AS_ALL, type Own, type Timing, type Words } from "./drafts";
import { PreviewPart } from "./PreviewPart";

interface Props {
  content: string;
  accounts: readonly Account[];
  /** `all`, or the account whose own words are being written. */
  open: string;
  onOpen: (tab: string) => void;
  common: Words;
  onCommon: (words: Words) => void;
  owns: Readonly<Record<string, Own>>;
  onOwn: (account: string, own: Own) => void;
  timing: Timing;
  at: WallMoment;
  clientZone: string;
  fault: (at: WallMoment) => string | null;
  errors: Readonly<Record<string, string>>;
}

export function WordsPart(props: Props) {
  const { accounts, open, common, owns } = props;
  const account = accounts.find((one) => one.id === open);
  const own = (account && owns[account.id]) ?? AS_ALL;
  const shown = account ?? accounts[0];
  const write = (words: Partial<Words>) => {
    if (!account) props.onCommon({ ...common, ...words });
    else props.onOwn(account.id, { ...own, ...words });
  };
  return (
    <div className="flex flex-col gap-3">
      {accounts.length > 1 && (
        <div role="group" aria-label="Words for" className="scroll-quiet flex gap-1 overflow-x-auto border-b pb-2">
          <Tab chosen={!account} onPick={() => props.onOpen("all")}>
            All accounts
          </Tab>
          {accounts.map((one) => (
            <Tab key={one.id} chosen={one.id === open} onPick={() => props.onOpen(one.id)}>
              <PlatformIcon platform={one.platform} />
              <span dir="auto" className="max-w-32 truncate">
                {one.name}
              </span>
              {owns[one.id] && isOwn(owns[one.id]) && <span className="text-xs text-ink-3">own</span>}
            </Tab>
          ))}
        </div>
      )}
      <div className="grid gap-x-5 gap-y-4 md:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Field label="Caption" error={props.errors.caption}>
            {(tied) => (
              <TextArea
                {...tied}
                name="caption"
                rows={4}
                value={own.caption ?? common.caption}
                onChange={(event) => write({ caption: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Hashtags"
            hint={counted(readHashtags(own.tags ?? common.tags).length, "hashtag")}
            error={props.errors.hashtags}
          >
            {(tied) => (
              <TextInput
                {...tied}
                name="hashtags"
                value={own.tags ?? common.tags}
                onChange={(event) => write({ tags: event.target.value })}
              />
            )}
          </Field>
          {account && props.timing === "at" && own.at && (
            <WhenField
              value={own.at}
              onChange={(at) => props.onOwn(account.id, { ...own, at })}
              clientZone={props.clientZone}
              error={props.fault(own.at)}
            />
          )}
          {account && (
            <div className="flex flex-wrap gap-2">
              {props.timing === "at" && !own.at && (
                <Button small onClick={() => props.onOwn(account.id, { ...own, at: props.at })}>
                  A time of its own
                </Button>
              )}
              {isOwn(own) && (
                <Button small onClick={() => props.onOwn(account.id, AS_ALL)}>
                  As for all accounts
                </Button>
              )}
            </div>
          )}
        </div>
        {shown && <PreviewPart content={props.content} account={shown} common={common} own={owns[shown.id]} />}
      </div>
    </div>
  );
}

const isOwn = (own: Own | undefined) => own !== undefined && (own.caption ?? own.tags ?? own.at) !== null;

function Tab({ chosen, onPick, children }: { chosen: boolean; onPick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onPick}
      className="inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-sm border border-transparent px-2 text-sm text-ink-2 hover:bg-hover aria-pressed:border-line aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-ink pointer-coarse:min-h-9"
    >
      {children}
    </button>
  );
}
