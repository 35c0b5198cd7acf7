// How the post will read on its platform: its text with the label that can't be removed, its length, its problems.
import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useEffect, useState } from "react";
import { previewQuery } from "@/api/distribute";
import type { Account } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { PlatformIcon } from "@/ui/AccountMark";
import { count } from "@/lib/numbers";
import { ErrorNote } from "@/ui/ErrorNote";
import { FieldError } from "@/ui/Field";
import { Skeleton } from "@/ui/Skeleton";
import { type Own, type Words, wordsFor } from "./drafts";

const AFTER_TYPING = 350;

/** Where a platform is told that the post is made with AI. */
const LABELLED: Record<string, string> = {
  field: "The platform’s own AI label is set",
  caption: "It stands in the text",
  both: "It stands with the post, and the platform’s own AI label is set",
};

interface Props {
  content: string;
  account: Pick<Account, "id" | "platform" | "name">;
  common: Words;
  own: Own | undefined;
}

export function PreviewPart({ content, account, common, own }: Props) {
  const written = JSON.stringify(wordsFor(common, own));
  const words = JSON.parse(useSettled(written)) as ReturnType<typeof wordsFor>;
  const preview = useQuery(previewQuery({ content_id: content, account_id: account.id, ...words }));
  const data = preview.data;
  return (
    <section
      aria-label={`On ${platformName(account.platform)}`}
      className="min-w-0 self-start rounded-md border bg-paper"
    >
      <header className="flex items-center gap-1.5 border-b px-3 py-1.5 text-sm text-ink-3">
        <PlatformIcon platform={account.platform} />
        <span dir="auto" className="min-w-0 truncate">
          {account.name}
        </span>
        {data && (
          <span
            className={`figures ml-auto shrink-0 ${data.characters > data.longest ? "font-medium text-broken" : ""}`}
          >
            {count(data.characters)} / {count(data.longest)}
          </span>
        )}
      </header>
      <div className="flex flex-col gap-2 px-3 py-2">
        {preview.error && <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Skeleton className="h-16 w-full" />}
        {data && (
          <p dir="auto" className="scroll-quiet max-h-56 overflow-y-auto whitespace-pre-wrap" tabIndex={0}>
            {data.text || <span className="text-ink-3">No words</span>}
          </p>
        )}
        {data && (
          <p className="flex gap-1.5 text-sm text-ink-2">
            <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" strokeWidth={1.75} />
            <span>
              {data.disclosure && <span dir="auto">“{data.disclosure}” </span>}
              {LABELLED[data.ai_label] ?? "It is labelled as made with AI"}; this can’t be removed.
            </span>
          </p>
        )}
        {data?.problems.map((problem) => (
          <FieldError key={problem}>{problem}</FieldError>
        ))}
      </div>
    </section>
  );
}

/** The value once it has rested for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), AFTER_TYPING);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
