// What do we have?
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { charactersQuery } from "@/api/characters";
import { contentQuery, contentsQuery } from "@/api/contents";
import { useScope } from "@/api/scope";
import type { ContentStatus } from "@/api/shapes";
import { Filters } from "@/features/library/Filters";
import { ItemPanel } from "@/features/library/ItemPanel";
import { Shelf } from "@/features/library/Shelf";
import { PublishDialog } from "@/features/publish/PublishDialog";
import { counted } from "@/lib/numbers";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows, SkeletonTiles } from "@/ui/Skeleton";

export function LibraryPage() {
  const navigate = useNavigate({ from: "/library" });
  const { clientId: client } = useScope();
  const { item, publish, q, status, character } = useSearch({ from: "/desk/library" });
  const characters = useQuery(charactersQuery(client));
  const list = useQuery({
    ...contentsQuery({ client, q, status: status as ContentStatus | undefined, character }),
    placeholderData: keepPreviousData,
  });
  const detail = useQuery({ ...contentQuery(item ?? ""), enabled: item !== undefined });
  const filtered = Boolean(q || status || character);
  const close = () => void navigate({ search: (before) => ({ ...before, item: undefined, publish: undefined }) });
  const empty = list.data?.length === 0;

  return (
    <Page
      title="Library"
      answer={
        list.data &&
        (filtered ? `${counted(list.data.length, "video")} found` : `${counted(list.data.length, "video")} made so far`)
      }
      acts={<ButtonLink to="/make">Make a video</ButtonLink>}
      bar={
        !(empty && !filtered) && (
          <Filters
            filter={{ q, status, character }}
            characters={characters.data ?? []}
            onChange={(next) =>
              void navigate({ search: (before) => ({ ...before, ...cleared, ...next }), replace: true })
            }
          />
        )
      }
    >
      <Beside
        label="Video"
        onClose={close}
        detail={
          item === undefined ? null : detail.data ? (
            <ItemPanel
              key={detail.data.id}
              content={detail.data}
              onClose={close}
              onPublish={() => void navigate({ search: (before) => ({ ...before, publish: true }) })}
            />
          ) : (
            <div className="p-4">
              {detail.error ? (
                <ErrorNote error={detail.error} onRetry={() => void detail.refetch()} />
              ) : (
                <SkeletonRows rows={4} />
              )}
            </div>
          )
        }
      >
        <Body>
          {list.error && <ErrorNote className="mb-4" error={list.error} onRetry={() => void list.refetch()} />}
          {list.isPending && (
            <SkeletonTiles className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-5" />
          )}
          {list.data && !empty && <Shelf contents={list.data} current={item} />}
          {empty && filtered && (
            <EmptyState
              picture="shelves"
              title="No video is like that"
              act={<Button onClick={() => void navigate({ search: {} })}>Show all</Button>}
            >
              Take a filter away, or look for another word.
            </EmptyState>
          )}
          {empty && !filtered && (
            <EmptyState
              picture="shelves"
              title="The shelves are empty"
              act={
                <ButtonLink tone="go" to="/make">
                  Make the first video
                </ButtonLink>
              }
            >
              Everything you make is kept here, with its state and its file.
            </EmptyState>
          )}
        </Body>
      </Beside>
      {detail.data && (
        <PublishDialog
          content={detail.data}
          open={publish === true && detail.data.status === "approved"}
          onClose={() => void navigate({ search: (before) => ({ ...before, publish: undefined }) })}
        />
      )}
    </Page>
  );
}

const cleared = { q: undefined, status: undefined, character: undefined };
