// What goes out when, where is room, and which days are free?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarPlus, Repeat, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import { charactersQuery } from "@/api/characters";
import { contentQuery } from "@/api/contents";
import { postQuery } from "@/api/posts";
import { useScope } from "@/api/scope";
import type { Account } from "@/api/shapes";
import { Agenda } from "@/features/calendar/Agenda";
import { Carrying } from "@/features/calendar/Carrying";
import type { View } from "@/features/calendar/carrying";
import { FilterBar } from "@/features/calendar/FilterBar";
import { anyFilter } from "@/features/calendar/filters";
import { HourGrid } from "@/features/calendar/HourGrid";
import { clockOf, rowsOf } from "@/features/calendar/hours";
import { ImportDialog } from "@/features/calendar/ImportDialog";
import { Month } from "@/features/calendar/Month";
import { PlanDialog } from "@/features/calendar/PlanDialog";
import { PostPanel } from "@/features/calendar/PostPanel";
import { daysApart, movedBy, movedOnto, type Placed, type Spot } from "@/features/calendar/place";
import { Refused } from "@/features/calendar/Refused";
import { shownDays, shownName, turned } from "@/features/calendar/range";
import { Turn } from "@/features/calendar/Turn";
import { useCalendar } from "@/features/calendar/useCalendar";
import { useCarry } from "@/features/calendar/useCarry";
import { useMove } from "@/features/calendar/useMove";
import { CorrectForm } from "@/features/publish/CorrectForm";
import { type Again, PostAgain } from "@/features/publish/PostAgain";
import { PublishDialog } from "@/features/publish/PublishDialog";
import { SchedulesPanel } from "@/features/schedules/SchedulesPanel";
import { counted } from "@/lib/numbers";
import { wallAt } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { useNow } from "@/ui/Time";
import { useWide } from "@/ui/useWide";

export function CalendarPage() {
  const navigate = useNavigate({ from: "/calendar" });
  const { clientId, client, zone: viewer, may } = useScope();
  const search = useSearch({ from: "/desk/calendar" });
  const wide = useWide();
  const zone = client?.zone ?? viewer;
  const now = wallAt(useNow(), zone);
  const today = now.day;
  const date = search.date ?? today;
  const view: View = search.view ?? (wide ? "month" : "list");
  const byHours = view === "week" || view === "day";
  const { account, platform, character, state } = search;
  const filters = useMemo(() => ({ account, platform, character, state }), [account, platform, character, state]);
  const canPublish = may("publish");
  const set = (changes: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...changes }) });

  const shown = useMemo(() => shownDays(view, date), [view, date]);
  const clocks = useMemo(() => shown.days.map((day) => clockOf(day, zone)), [shown, zone]);
  const rows = useMemo(() => rowsOf(clocks), [clocks]);
  const calendar = useCalendar({
    client: clientId,
    zone,
    today,
    shown,
    filters,
    withSlots: canPublish && view !== "list",
  });
  const characters = useQuery(charactersQuery(clientId));
  const { move, refusal, forget } = useMove();

  const drop = (one: Placed, spot: Spot) => {
    const at = byHours ? movedOnto(one.post, spot, zone) : movedBy(one.post, daysApart(one, spot.day));
    if (at) move(one.post, at);
  };
  const show = (day: string) => {
    if (!shown.days.includes(day)) set({ date: day });
  };
  const { carried, floating, onGrab, onPickUp } = useCarry({ view, zone, rows, onDrop: drop, onShow: show });

  const chips = {
    current: search.post,
    carried: carried?.one.post.id,
    canMove: canPublish,
    onOpen: (id: string) => set({ post: id, panel: undefined }),
    onGrab,
    onPickUp,
  };
  const inSight = view === "month" ? shown.days.filter((day) => day.startsWith(date.slice(0, 7))) : shown.days;
  const count = inSight.reduce((sum, day) => sum + (calendar.days.get(day)?.length ?? 0), 0);
  const common = { today, days: calendar.days, gaps: calendar.gaps, target: carried, canPlan: canPublish, chips };
  const name = shownName(view, date, today);

  return (
    <Page
      title="Calendar"
      answer={
        calendar.posts.data &&
        `${name}: ${counted(count, "post")}${calendar.gaps.size ? `, ${counted(calendar.gaps.size, "free day")} ahead` : ""}`
      }
      acts={
        <Turn
          view={view}
          wide={wide}
          onView={(next) => set({ view: next })}
          onTurn={(steps) => set({ date: steps ? turned(view, date, steps) : undefined })}
        />
      }
      bar={
        <>
          <FilterBar
            filters={filters}
            accounts={calendar.accounts}
            characters={characters.data ?? []}
            onChange={(next) =>
              set({ account: undefined, platform: undefined, character: undefined, state: undefined, ...next })
            }
          />
          <span className="ml-auto flex flex-wrap gap-2">
            <Button
              small
              icon={Repeat}
              aria-pressed={search.panel === "schedules"}
              onClick={() => set({ panel: search.panel === "schedules" ? undefined : "schedules", post: undefined })}
            >
              Schedules
            </Button>
            {canPublish && (
              <Button small icon={Upload} onClick={() => set({ panel: "import" })}>
                Import
              </Button>
            )}
            {canPublish && (
              <Button
                small
                tone="go"
                icon={CalendarPlus}
                onClick={() => set({ day: view === "day" && date > today ? date : today })}
              >
                Plan
              </Button>
            )}
          </span>
        </>
      }
    >
      <Beside
        label={search.panel === "schedules" ? "Schedules" : "Post"}
        onClose={() => set({ post: undefined, panel: undefined })}
        detail={
          search.panel === "schedules" ? (
            <SchedulesPanel onClose={() => set({ panel: undefined })} />
          ) : search.post === undefined ? null : (
            <Picked key={search.post} id={search.post} onClose={() => set({ post: undefined })} />
          )
        }
      >
        {calendar.error && <ErrorNote className="m-4" error={calendar.error} onRetry={calendar.retry} />}
        {refusal && (
          <Refused
            refusal={refusal}
            onTake={() => refusal.free && move(refusal.post, refusal.free)}
            onAgain={() => refusal.again && move(refusal.post, refusal.again, true)}
            onClose={forget}
          />
        )}
        {view === "month" && (
          <div
            data-scrolls
            className="scroll-quiet min-h-0 flex-1 md:overflow-y-auto"
            aria-busy={calendar.posts.isPending}
          >
            <Month {...common} month={date.slice(0, 7)} full={calendar.full} slots={calendar.free} />
          </div>
        )}
        {byHours && (
          <HourGrid
            {...common}
            clocks={clocks}
            rows={rows}
            zone={zone}
            time={now.time}
            slots={calendar.free}
            room={calendar.lines}
            onPlan={(day, time) => set({ day, time })}
          />
        )}
        {view === "list" && (
          <Body className="pt-0 md:pt-1">
            {calendar.posts.isPending && <SkeletonRows rows={6} />}
            {calendar.posts.data && <Agenda {...common} full={calendar.full} zone={zone} />}
            {calendar.posts.data && count === 0 && calendar.gaps.size === 0 && (
              <p className="py-6 text-ink-3">
                {anyFilter(filters) ? "Nothing here that the filters leave." : "Nothing stands in this month."}
              </p>
            )}
          </Body>
        )}
      </Beside>
      <Carrying carried={carried} floating={floating} />
      {search.panel === "import" && <ImportDialog onClose={() => set({ panel: undefined })} />}
      {search.day && (
        <Plan
          day={search.day}
          time={search.time}
          account={calendar.accounts.find((one) => one.id === search.on)}
          planned={plannedIn(calendar.days)}
          onClose={() => set({ day: undefined, time: undefined, on: undefined })}
        />
      )}
    </Page>
  );
}

function Picked({ id, onClose }: { id: string; onClose: () => void }) {
  const post = useQuery(postQuery(id));
  const [again, setAgain] = useState<Again | null>(null);
  if (post.data) {
    const shown = post.data;
    return (
      <>
        <PostPanel
          post={shown}
          onClose={onClose}
          correcting={(onDone) =>
            !again?.agreed && (
              <CorrectForm post={shown} onDone={onDone} onAgain={(caption) => setAgain({ caption, agreed: false })} />
            )
          }
          onPostAgain={() => setAgain({ caption: shown.caption, agreed: true })}
        />
        {again && <PostAgain post={shown} again={again} onChange={setAgain} />}
      </>
    );
  }
  return (
    <div className="p-4">
      {post.error ? <ErrorNote error={post.error} onRetry={() => void post.refetch()} /> : <SkeletonRows rows={4} />}
    </div>
  );
}

interface PlanProps {
  day: string;
  time: string | undefined;
  /** Whose free slot was pressed. */
  account: Account | undefined;
  planned: ReadonlySet<string>;
  onClose: () => void;
}

/** First which video, then where, with which words and when exactly. */
function Plan({ day, time, account, planned, onClose }: PlanProps) {
  const [content, setContent] = useState<string | null>(null);
  const detail = useQuery({ ...contentQuery(content ?? ""), enabled: content !== null });
  if (detail.data && content)
    return <PublishDialog open content={detail.data} day={day} time={time} account={account?.id} onClose={onClose} />;
  return <PlanDialog day={day} time={time} account={account} planned={planned} onClose={onClose} onPick={setContent} />;
}

function plannedIn(days: ReadonlyMap<string, readonly Placed[]>): ReadonlySet<string> {
  return new Set([...days.values()].flat().map((one) => one.post.content.id));
}
