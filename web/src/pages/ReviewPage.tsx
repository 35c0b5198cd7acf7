// Which videos wait for my word, and is this one good?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import clsx from "clsx";
import { ArrowLeft } from "lucide-react";
import { contentQuery, contentsQuery } from "@/api/contents";
import { isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Content } from "@/api/shapes";
import { PublishDialog } from "@/features/publish/PublishDialog";
import { Queue } from "@/features/review/Queue";
import { ReviewDetail, type Tab } from "@/features/review/ReviewDetail";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";

const DECIDED_SHOWN = 20;

export function ReviewPage() {
  const navigate = useNavigate({ from: "/review" });
  const { clientId: client } = useScope();
  const { content: asked, tab = "script", publish = false } = useSearch({ from: "/desk/review" });
  const list = useQuery(contentsQuery({ client }));
  const { waiting, decided } = split(list.data ?? []);
  const current = asked ?? waiting[0]?.id ?? decided[0]?.id;
  const detail = useQuery({ ...contentQuery(current ?? ""), enabled: current !== undefined });

  const answer =
    list.data &&
    (waiting.length
      ? `${waiting.length} ${waiting.length === 1 ? "video waits" : "videos wait"} for your word`
      : "No video waits");
  const empty = list.data && waiting.length + decided.length === 0 && !asked;
  const openPublish = () => void navigate({ search: (before) => ({ ...before, content: current, publish: true }) });
  const closePublish = () => void navigate({ search: (before) => ({ ...before, publish: undefined }) });

  if (empty) return <Nothing />;
  return (
    <Page title="Review" answer={answer}>
      <div className="flex min-h-0 min-w-0 flex-1">
        <div
          className={clsx(
            "scroll-quiet min-h-0 shrink-0 overflow-y-auto lg:w-72 lg:border-r",
            asked ? "max-lg:hidden" : "max-lg:w-full",
          )}
        >
          {list.error && <ErrorNote className="m-4" error={list.error} onRetry={() => void list.refetch()} />}
          {list.isPending && (
            <div className="px-4">
              <SkeletonRows />
            </div>
          )}
          <Queue waiting={waiting} decided={decided} current={current} />
        </div>
        <div
          className={clsx(
            "scroll-quiet flex min-h-0 min-w-0 flex-1 flex-col md:overflow-y-auto",
            !asked && "max-lg:hidden",
          )}
        >
          <div className="border-b p-2 lg:hidden">
            <Button
              tone="quiet"
              small
              icon={ArrowLeft}
              onClick={() =>
                void navigate({ search: (before) => ({ ...before, content: undefined, publish: undefined }) })
              }
            >
              Back to the list
            </Button>
          </div>
          {current && !detail.data && <Missing error={detail.error} onRetry={() => void detail.refetch()} />}
          {detail.data && (
            <ReviewDetail
              content={detail.data}
              tab={tab}
              onTab={(next: Tab) =>
                void navigate({ search: (before) => ({ ...before, content: current, tab: next }), replace: true })
              }
              onPublish={openPublish}
            />
          )}
        </div>
      </div>
      {detail.data && (
        <PublishDialog
          content={detail.data}
          open={publish && detail.data.status === "approved"}
          onClose={closePublish}
        />
      )}
    </Page>
  );
}

function Nothing() {
  return (
    <Page title="Review">
      <EmptyState
        className="flex-1"
        picture="review"
        title="Nothing to look at"
        act={
          <ButtonLink tone="go" to="/make">
            Make a video
          </ButtonLink>
        }
      >
        When a video is made and checked, it waits here until somebody says go. Nothing goes out before.
      </EmptyState>
    </Page>
  );
}

/** What stands in the place of a video that is not there, or not yet. */
function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isStatus(error, 404)) {
    return (
      <EmptyState picture="door" title="This video is gone">
        It was deleted, or it belongs to a client that you have no access to.
      </EmptyState>
    );
  }
  return <div className="p-4">{error ? <ErrorNote error={error} onRetry={onRetry} /> : <SkeletonRows rows={6} />}</div>;
}

function split(contents: readonly Content[]): { waiting: Content[]; decided: Content[] } {
  const by = (a: Content, b: Content) => Date.parse(a.updated_at) - Date.parse(b.updated_at);
  return {
    waiting: contents.filter((one) => one.status === "review").sort(by),
    decided: contents
      .filter((one) => one.status === "approved" || one.status === "rejected")
      .sort((a, b) => by(b, a))
      .slice(0, DECIDED_SHOWN),
  };
}
