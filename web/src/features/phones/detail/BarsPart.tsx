// How a phone does: battery and storage as bars, its heat.
import clsx from "clsx";
import type { Phone } from "@/api/inventory";
import { Facts, Section } from "@/ui/Page";
import { battery, type Measure, storage, temperature } from "../words";

export function BarsPart({ phone }: { phone: Phone }) {
  const heat = temperature(phone);
  const measures = [
    ["Battery", battery(phone)],
    ["Storage", storage(phone)],
  ] as const;
  return (
    <Section title="How it does">
      <Facts
        rows={[
          ...measures.map(
            ([name, measure]) =>
              [name, measure ? <Bar key={name} name={name} measure={measure} /> : "not told"] as const,
          ),
          [
            "Heat",
            heat ? (
              <span key="heat" className={heat.kind === "wait" ? "text-wait" : undefined}>
                {heat.words}
              </span>
            ) : (
              "not told"
            ),
          ],
        ]}
      />
    </Section>
  );
}

function Bar({ name, measure }: { name: string; measure: Measure }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, measure.fraction)));
  return (
    <span className="flex items-center gap-2">
      <span
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={measure.words}
        className="h-1.5 w-20 shrink-0 overflow-hidden rounded-full bg-line"
      >
        <span
          className={clsx("block h-full rounded-full", measure.kind === "wait" ? "bg-wait" : "bg-ink-3")}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className={measure.kind === "wait" ? "text-wait" : undefined}>{measure.words}</span>
    </span>
  );
}
