// When a schedule posts: at times by a rule, at drawn times in a window of the day, or at its accounts' slots.
import { Field, TextInput } from "@/ui/Field";
import { Segments } from "@/ui/Tabs";
import { ZoneField } from "@/ui/ZoneField";
import type { Draft } from "./draft";
import { RuleFields } from "./RuleFields";

interface Props {
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
  fields: Readonly<Record<string, string>>;
}

const ABOUT: Record<Draft["kind"], string> = {
  rule: "At one time on the days that the rule names.",
  window: "At times drawn within a window of the day, different each day and the same whenever you look.",
  slots: "At the queue slots of its accounts that are free.",
};

export function WhenFields({ draft, onChange, fields }: Props) {
  const { window } = draft;
  const inWindow = (changes: Partial<Draft["window"]>) => onChange({ window: { ...window, ...changes } });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <Segments
          label="When"
          className="self-start"
          value={draft.kind}
          onChange={(kind) => onChange({ kind })}
          options={[
            { value: "rule", label: "At a time" },
            { value: "window", label: "In a window" },
            { value: "slots", label: "At slots" },
          ]}
        />
        <p className="text-sm text-ink-3">{ABOUT[draft.kind]}</p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Field label="From" error={fields.start}>
          {(tied) => (
            <TextInput
              {...tied}
              type="date"
              className="figures w-40"
              value={draft.day}
              onChange={(event) => onChange({ day: event.target.value })}
            />
          )}
        </Field>
        {draft.kind === "rule" && (
          <Field label="At">
            {(tied) => (
              <TextInput
                {...tied}
                type="time"
                className="figures w-28"
                value={draft.time}
                onChange={(event) => onChange({ time: event.target.value })}
              />
            )}
          </Field>
        )}
        {draft.kind === "window" && (
          <>
            <Clock label="Opens" value={window.opens} onChange={(opens) => inWindow({ opens })} />
            <Clock label="Closes" value={window.closes} onChange={(closes) => inWindow({ closes })} />
            <Whole
              label="Posts a day"
              value={window.times}
              least={1}
              most={24}
              error={fields.times}
              onChange={(times) => inWindow({ times })}
            />
            <Whole
              label="Minutes apart"
              value={window.apart_minutes}
              least={0}
              most={1440}
              error={fields.apart}
              onChange={(apart_minutes) => inWindow({ apart_minutes })}
            />
          </>
        )}
        <div className="w-52">
          <ZoneField label="Time zone" value={draft.zone} onChange={(zone) => onChange({ zone })} error={fields.zone} />
        </div>
      </div>
      {draft.kind !== "slots" && <RuleFields draft={draft} onChange={onChange} error={fields.rule} />}
    </div>
  );
}

function Clock(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={props.label}>
      {(tied) => (
        <TextInput
          {...tied}
          type="time"
          className="figures w-28"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Whole(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  error?: string;
  onChange: (value: number) => void;
}) {
  const within = (value: number) => Math.min(props.most, Math.max(props.least, Math.round(value) || props.least));
  return (
    <Field label={props.label} error={props.error} className="w-28">
      {(tied) => (
        <TextInput
          {...tied}
          type="number"
          min={props.least}
          max={props.most}
          value={props.value}
          onChange={(event) => props.onChange(within(Number(event.target.value)))}
        />
      )}
    </Field>
  );
}
