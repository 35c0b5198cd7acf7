// The period in figures, each with its comparison, and the days as a line with the table behind it.
import type { Summary } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { compact, compared, count } from "@/lib/numbers";
import { LineChart } from "@/ui/Chart";
import { Section } from "@/ui/Page";
import { Behind } from "./Behind";

const short = (day: string) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

export function SummaryPart({ summary, days }: { summary: Summary; days: number }) {
  const period = `${days} days`;
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-x-8 gap-y-4">
        <Figure name="Views" value={summary.views} before={summary.previous.views} period={period} />
        <Figure name="Clicks" value={summary.clicks} before={summary.previous.clicks} period={period} />
        <Figure name="Posts" value={summary.posts} before={summary.previous.posts} period={period} />
      </div>
      <Section title="Views by day" aside={`days in ${summary.zone}`}>
        <LineChart
          name="Views by day"
          points={summary.days.map((one) => ({ label: short(one.day), value: one.views }))}
        />
        <Behind
          label="Views and clicks by day"
          rows={[...summary.days].reverse()}
          keyOf={(one) => one.day}
          columns={[
            { id: "day", title: "Day", cell: (one) => dayName(one.day) },
            { id: "views", title: "Views", number: true, cell: (one) => count(one.views) },
            { id: "clicks", title: "Clicks", number: true, cell: (one) => count(one.clicks) },
          ]}
        />
      </Section>
    </>
  );
}

function Figure({ name, value, before, period }: { name: string; value: number; before: number; period: string }) {
  return (
    <div className="min-w-0 border-t pt-2">
      <p className="text-ink-3">{name}</p>
      <p className="figures text-2xl font-semibold" data-figure={name.toLowerCase()}>
        {compact(value)}
      </p>
      <p className="text-sm text-balance text-ink-2">{compared(value, before, period)}</p>
    </div>
  );
}
