// What do the machines do, and what went wrong?
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { boardQuery, causesQuery, jobQuery, jobsQuery } from "@/api/jobs";
import { useScope } from "@/api/scope";
import { CausesPart } from "@/features/jobs/CausesPart";
import { JobFilters, type ShownJobs } from "@/features/jobs/JobFilters";
import { JobList } from "@/features/jobs/JobList";
import { JobPanel } from "@/features/jobs/JobPanel";
import { QueueFaults, QueuesPart } from "@/features/jobs/QueuesPart";
import { boardWords } from "@/features/jobs/words";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page, Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";

export function JobsPage() {
  const navigate = useNavigate({ from: "/jobs" });
  const { clientId: client } = useScope();
  const { job, state, kind, cause } = useSearch({ from: "/desk/jobs" });
  const board = useQuery({ ...boardQuery(client), placeholderData: keepPreviousData });
  const list = useInfiniteQuery({
    ...jobsQuery({ client, state, kind, cause }),
    placeholderData: keepPreviousData,
  });
  const causes = useQuery({ ...causesQuery(client), placeholderData: keepPreviousData });
  const detail = useQuery({ ...jobQuery(job ?? ""), enabled: job !== undefined });
  const jobs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(state ?? kind ?? cause);
  const empty = list.data !== undefined && jobs.length === 0;
  const failures = (state === undefined || state === "failed") && !kind && !cause ? (causes.data ?? []) : [];
  const close = () => void navigate({ search: (before) => ({ ...before, job: undefined }) });
  const narrow = (next: ShownJobs) =>
    void navigate({ search: (before) => ({ ...before, ...NO_FILTER, ...next }), replace: true });
  const error = list.error ?? board.error ?? causes.error;

  return (
    <Page
      title="Jobs"
      answer={board.data && boardWords(board.data)}
      bar={
        !(empty && !filtered) && (
          <JobFilters filter={{ state, kind, cause }} kinds={board.data?.kinds ?? []} onChange={narrow} />
        )
      }
    >
      <Beside
        label="Job"
        onClose={close}
        detail={
          job === undefined ? null : detail.data ? (
            <JobPanel key={detail.data.id} job={detail.data} onClose={close} />
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
            <ErrorNote
              className="mb-4"
              error={error}
              onRetry={() => (void list.refetch(), void board.refetch(), void causes.refetch())}
            />
          )}
          {board.data && <QueueFaults queues={board.data.queues} />}
          <div className="flex max-w-5xl flex-col gap-6">
            {board.data && <QueuesPart board={board.data} />}
            {failures.length > 0 && <CausesPart causes={failures} />}
            {list.isPending && <SkeletonRows rows={6} />}
            {jobs.length > 0 && (
              <Section title={failures.length > 0 ? "Jobs" : <span className="sr-only">Jobs</span>}>
                <JobList jobs={jobs} current={job} />
                {list.hasNextPage && (
                  <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    Show older ones
                  </Button>
                )}
              </Section>
            )}
            {empty && filtered && (
              <EmptyState
                picture="shelves"
                title="No job is like that"
                act={<Button onClick={() => narrow({})}>Show all</Button>}
              >
                Jobs that are done go after two weeks, failed ones after three months.
              </EmptyState>
            )}
            {empty && !filtered && (
              <EmptyState
                picture="stage"
                title="Nothing has been asked of the machines yet"
                act={
                  <ButtonLink tone="go" to="/make">
                    Make a video
                  </ButtonLink>
                }
              >
                Making and publishing run here, with what they do, how long it takes, and why something failed.
              </EmptyState>
            )}
          </div>
        </Body>
      </Beside>
    </Page>
  );
}

const NO_FILTER = { state: undefined, kind: undefined, cause: undefined };
