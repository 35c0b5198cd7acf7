// The links on the character's public page, and how often each was followed. Every act is done at once.
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Link, linksQuery, useChangeLink, useRemoveLink } from "@/api/links";
import { accountsQuery } from "@/api/posts";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Character } from "@/api/shapes";
import { counted } from "@/lib/numbers";
import { Button, IconButton } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { say, sayBroken } from "@/ui/Toast";
import { LinkForm } from "./LinkForm";

export function LinksTab({ character }: { character: Character }) {
  const { may } = useScope();
  const accounts = useQuery(accountsQuery(character.client_id));
  const account = accounts.data?.find((one) => one.character_id === character.id);
  const links = useQuery({ ...linksQuery(account?.id ?? ""), enabled: account !== undefined });
  const [open, setOpen] = useState<Link | "new" | null>(null);
  const [going, setGoing] = useState<Link | null>(null);
  const remove = useRemoveLink();
  const error = accounts.error ?? links.error;
  const can = may("publish", character.client_id);

  if (error) return <ErrorNote error={error} onRetry={() => (void accounts.refetch(), void links.refetch())} />;
  if (accounts.data && !account) return <p className="text-ink-2">This character has no public page yet.</p>;
  if (!links.data || !account) return <SkeletonRows rows={3} />;
  return (
    <>
      <p className="text-ink-2">
        They stand on the character's public page, in this order. Clicks are counted without cookies.
      </p>
      {links.data.length > 0 && (
        <ol className="flex flex-col border-t">
          {links.data.map((link, index) => (
            <Row
              key={link.id}
              links={links.data}
              index={index}
              can={can}
              onOpen={() => setOpen(link)}
              onRemove={() => setGoing(link)}
            />
          ))}
        </ol>
      )}
      {can && open === null && (
        <div>
          <Button onClick={() => setOpen("new")}>Add a link</Button>
        </div>
      )}
      {open && (
        <LinkForm
          key={open === "new" ? "new" : open.id}
          account={account}
          link={open === "new" ? null : open}
          onDone={() => setOpen(null)}
        />
      )}
      <Confirm
        open={going !== null}
        onClose={() => setGoing(null)}
        title="Remove this link?"
        about={
          going && `“${going.title}” leaves the page, and its count of ${counted(going.clicks, "click")} goes with it.`
        }
        verb="Remove 1 link"
        act={async () => {
          if (going) await remove.mutateAsync(going.id);
          say("Removed.");
        }}
      />
    </>
  );
}

interface RowProps {
  links: readonly Link[];
  index: number;
  can: boolean;
  onOpen: () => void;
  onRemove: () => void;
}

function Row({ links, index, can, onOpen, onRemove }: RowProps) {
  const change = useChangeLink();
  const link = links[index];
  if (!link) return null;
  const swap = async (other: Link | undefined) => {
    if (!other) return;
    try {
      await change.mutateAsync({ id: link.id, version: link.version, position: other.position });
      await change.mutateAsync({ id: other.id, version: other.version, position: link.position });
    } catch (error) {
      sayBroken(sayError(error));
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b py-2">
      <span className="min-w-0 flex-1 basis-56">
        <span dir="auto" className="block font-medium">
          {link.title}
        </span>
        <span className="block truncate text-sm text-ink-3">{link.address}</span>
      </span>
      <span className="figures text-sm whitespace-nowrap text-ink-2">{counted(link.clicks, "click")}</span>
      {can && (
        <span className="flex">
          <IconButton
            small
            label={`Move ${link.title} up`}
            icon={ArrowUp}
            disabled={index === 0 || change.isPending}
            onClick={() => void swap(links[index - 1])}
          />
          <IconButton
            small
            label={`Move ${link.title} down`}
            icon={ArrowDown}
            disabled={index === links.length - 1 || change.isPending}
            onClick={() => void swap(links[index + 1])}
          />
          <IconButton small label={`Remove ${link.title}`} icon={Trash2} onClick={onRemove} />
          <Button small className="ml-1" aria-label={`Change ${link.title}`} onClick={onOpen}>
            Change
          </Button>
        </span>
      )}
    </li>
  );
}
