// On which days a schedule posts: by simple choices, or as a rule or cron line.
import type { Weekday } from "./rule";
import { type SimpleRule, WEEKDAY_NAMES, WEEKDAYS, writeRule } from "./rule";
import type { Draft } from "./draft";
import { Field, Group, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { Segments } from "@/ui/Tabs";

interface Props {
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
  error: string | undefined;
}

export function RuleFields({ draft, onChange, error }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">Repeats</span>
        <Segments
          label="How the rule is written"
          value={draft.by}
          onChange={(by) => onChange(by === "text" && !draft.text ? { by, text: writeRule(draft.simple) } : { by })}
          options={[
            { value: "choices", label: "By choices" },
            { value: "text", label: "As text" },
          ]}
        />
      </div>
      {draft.by === "text" ? (
        <Field label="Rule or cron line" hint="For example FREQ=WEEKLY;BYDAY=MO,TH or 0 9 * * 1-5" error={error}>
          {(tied) => (
            <TextInput
              {...tied}
              name="rule"
              spellCheck={false}
              className="font-mono"
              value={draft.text}
              onChange={(event) => onChange({ text: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Choices rule={draft.simple} onChange={(simple) => onChange({ simple: { ...draft.simple, ...simple } })} />
      )}
    </div>
  );
}

function Choices({ rule, onChange }: { rule: SimpleRule; onChange: (changes: Partial<SimpleRule>) => void }) {
  const end = rule.until !== null ? "until" : rule.count !== null ? "count" : "never";
  return (
    <>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Every" className="w-20">
          {(tied) => (
            <TextInput
              {...tied}
              type="number"
              min={1}
              max={99}
              value={rule.interval}
              onChange={(event) => onChange({ interval: Math.max(1, Number(event.target.value) || 1) })}
            />
          )}
        </Field>
        <Select
          aria-label="Unit"
          value={rule.every}
          options={(["day", "week", "month"] as const).map((value) => ({
            value,
            label: rule.interval === 1 ? value : `${value}s`,
          }))}
          onChange={(event) => onChange({ every: event.target.value as SimpleRule["every"] })}
        />
        {rule.every === "month" && (
          <Select
            aria-label="Day of the month"
            value={String(rule.monthDay)}
            options={[
              ...Array.from({ length: 31 }, (_, day) => ({ value: String(day + 1), label: `on day ${day + 1}` })),
              { value: "-1", label: "on its last day" },
            ]}
            onChange={(event) => onChange({ monthDay: Number(event.target.value) })}
          />
        )}
      </div>
      {rule.every === "week" && (
        <Group label="On">
          <div className="flex flex-wrap gap-1">
            {WEEKDAYS.map((day) => (
              <button
                key={day}
                type="button"
                aria-pressed={rule.days.includes(day)}
                aria-label={WEEKDAY_NAMES[day]}
                onClick={() => onChange({ days: toggled(rule.days, day) })}
                className="h-8 min-w-10 rounded-md border border-line-strong px-2 text-sm text-ink-2 hover:bg-hover aria-pressed:border-pick aria-pressed:bg-pick-soft aria-pressed:font-medium aria-pressed:text-ink pointer-coarse:h-10"
              >
                {WEEKDAY_NAMES[day].slice(0, 3)}
              </button>
            ))}
          </div>
        </Group>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Ends"
          value={end}
          options={[
            { value: "never", label: "without end" },
            { value: "until", label: "until a day" },
            { value: "count", label: "a number of times" },
          ]}
          onChange={(event) =>
            onChange({
              until: event.target.value === "until" ? "" : null,
              count: event.target.value === "count" ? 10 : null,
            })
          }
        />
        {end === "until" && (
          <TextInput
            type="date"
            aria-label="Last day"
            className="figures max-w-44"
            value={rule.until ?? ""}
            onChange={(event) => onChange({ until: event.target.value })}
          />
        )}
        {end === "count" && (
          <TextInput
            type="number"
            min={1}
            max={999}
            aria-label="Number of times"
            className="max-w-24"
            value={rule.count ?? 1}
            onChange={(event) => onChange({ count: Math.max(1, Number(event.target.value) || 1) })}
          />
        )}
      </div>
    </>
  );
}

function toggled(days: readonly Weekday[], day: Weekday): Weekday[] {
  return days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
}
