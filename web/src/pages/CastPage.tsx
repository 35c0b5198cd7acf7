// Who speaks for our clients?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { characterQuery, charactersQuery } from "@/api/characters";
import { useScope } from "@/api/scope";
import { Company } from "@/features/cast/Company";
import { CreateDialog } from "@/features/cast/CreateDialog";
import { Editor, type Tab } from "@/features/cast/Editor";
import { counted } from "@/lib/numbers";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows, SkeletonTiles } from "@/ui/Skeleton";

export function CastPage() {
  const navigate = useNavigate({ from: "/cast" });
  const { clientId, may } = useScope();
  const { character, tab = "profile", compare, create } = useSearch({ from: "/desk/cast" });
  const list = useQuery(charactersQuery(clientId));
  const detail = useQuery({ ...characterQuery(character ?? ""), enabled: character !== undefined });
  const close = () => void navigate({ search: {} });
  const empty = list.data?.length === 0;
  const canMake = may("make");

  return (
    <Page
      title="Cast"
      answer={list.data && !empty && `${counted(list.data.length, "character")}, each says openly that it is AI`}
      acts={
        canMake &&
        !empty && (
          <ButtonLink to="/cast" search={{ create: true }}>
            Add a character
          </ButtonLink>
        )
      }
    >
      <Beside
        label="Character"
        size="wide"
        onClose={close}
        detail={
          character === undefined ? null : detail.data ? (
            <Editor
              key={detail.data.id}
              character={detail.data}
              tab={tab}
              onTab={(next: Tab) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true })}
              compare={compare}
              onCompare={(next) => void navigate({ search: (before) => ({ ...before, compare: next }) })}
              onClose={close}
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
          {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isPending && (
            <SkeletonTiles tiles={4} className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-5" />
          )}
          {list.data && !empty && <Company characters={list.data} current={character} />}
          {empty && (
            <EmptyState
              picture="mask"
              title="Nobody is in the cast yet"
              act={
                canMake && (
                  <Button tone="go" onClick={() => void navigate({ search: { create: true } })}>
                    Make a character
                  </Button>
                )
              }
            >
              A character is one face, one voice and one way of speaking, and it always says that it is AI.
            </EmptyState>
          )}
        </Body>
      </Beside>
      <CreateDialog
        open={create === true}
        onClose={close}
        onMade={(id) => void navigate({ search: { character: id } })}
      />
    </Page>
  );
}
