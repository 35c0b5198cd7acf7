// What came back?
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { postInsightsQuery, rankedPostsQuery, summaryQuery } from "@/api/insights";
import { useScope } from "@/api/scope";
import { Definition, PostPart } from "@/features/insights/PostPart";
import { Ranking } from "@/features/insights/Ranking";
import { SummaryPart } from "@/features/insights/SummaryPart";
import { compared, counted } from "@/lib/numbers";
import { ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page, Section } from "@/ui/Page";
import { Skeleton, SkeletonRows } from "@/ui/Skeleton";
import { Segments } from "@/ui/Tabs";

export function InsightsPage() {
  const navigate = useNavigate({ from: "/insights" });
  const { clientId } = useScope();
  const { days = 28, post } = useSearch({ from: "/desk/insights" });
  const summary = useQuery({ ...summaryQuery(days, clientId), placeholderData: keepPreviousData });
  const ranked = useQuery({ ...rankedPostsQuery(days, clientId), placeholderData: keepPreviousData });
  const detail = useQuery({ ...postInsightsQuery(post ?? ""), enabled: post !== undefined });
  const error = summary.error ?? ranked.error;
  const none = ranked.data?.length === 0 && summary.data?.views === 0 && summary.data.previous.views === 0;
  const close = () => void navigate({ search: (before) => ({ ...before, post: undefined }) });

  return (
    <Page
      title="Insights"
      answer={
        summary.data &&
        !none &&
        `${counted(summary.data.views, "view")} in ${days} days, ${compared(summary.data.views, summary.data.previous.views, `${days} days`)}`
      }
      acts={
        <Segments
          label="Period"
          value={String(days)}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, days: Number(value) as typeof days }) })
          }
          options={[
            { value: "7", label: "7 days" },
            { value: "28", label: "28 days" },
            { value: "90", label: "90 days" },
          ]}
        />
      }
    >
      <Beside
        label="Post"
        size="wide"
        onClose={close}
        detail={
          post === undefined ? null : detail.data ? (
            <PostPart insights={detail.data} onClose={close} />
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
          {error && (
            <ErrorNote className="mb-4" error={error} onRetry={() => (void summary.refetch(), void ranked.refetch())} />
          )}
          {none ? (
            <EmptyState
              picture="chart"
              title="Nothing to count yet"
              act={
                <ButtonLink tone="go" to="/calendar">
                  See what goes out
                </ButtonLink>
              }
            >
              As soon as a post is out, its views and clicks stand here within the minute, counted on the server and
              without cookies.
            </EmptyState>
          ) : (
            <div className="flex max-w-4xl flex-col gap-8">
              {summary.data ? (
                <SummaryPart summary={summary.data} days={days} />
              ) : (
                !error && <Skeleton className="h-72" />
              )}
              <Section title="Posts by views" count={ranked.data?.length}>
                {ranked.data ? <Ranking posts={ranked.data} current={post} /> : !error && <SkeletonRows rows={4} />}
              </Section>
              {summary.data && <Definition text={summary.data.definition} />}
            </div>
          )}
        </Body>
      </Beside>
    </Page>
  );
}
