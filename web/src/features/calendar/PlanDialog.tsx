// Chooses an approved video for a free day.
import { useQuery } from "@tanstack/react-query";
import { contentsQuery } from "@/api/contents";
import { useScope } from "@/api/scope";
import { dayName } from "@/lib/days";
import { clock } from "@/lib/moments";
import { ButtonLink } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { Dialog, DialogBody } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Thumb } from "@/ui/Portrait";
import { SkeletonRows } from "@/ui/Skeleton";

interface Props {
  day: string;
  planned: ReadonlySet<string>;
  onClose: () => void;
  onPick: (contentId: string) => void;
}

export function PlanDialog({ day, planned, onClose, onPick }: Props) {
  const { clientId } = useScope();
  const contents = useQuery(contentsQuery({ client: clientId, status: "approved" }));
  const ready = (contents.data ?? []).filter((one) => !planned.has(one.id));
  return (
    <Dialog open onClose={onClose} title={`Plan for ${dayName(day)}`} about="Which approved video should go out?">
      <DialogBody>
        {contents.error && <ErrorNote error={contents.error} onRetry={() => void contents.refetch()} />}
        {contents.isPending && <SkeletonRows rows={3} />}
        {contents.data && ready.length === 0 && (
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
            Every approved video is planned already.
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
