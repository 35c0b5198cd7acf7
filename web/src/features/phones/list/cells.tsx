// What stands in the cells of the phones' table.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { BatteryCharging, BatteryWarning, HandGrab, TriangleAlert } from "lucide-react";
import type { Phone } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { Badge, Dot, State } from "@/ui/State";
import { Time } from "@/ui/Time";
import type { Numbered } from "../filters";
import { battery, isOutOfWork, type Measure, modelWords, phoneStates } from "../words";

/** Its number, name and model; on a narrow screen what the other columns would say. */
export function NameCell({ one: { number, phone }, current }: { one: Numbered; current: string | undefined }) {
  const measure = battery(phone);
  return (
    <span className="block min-w-40 py-0.5">
      <State bare told={phoneStates[phone.state]} className="md:hidden" />
      <span className="flex items-baseline gap-1.5">
        <span className="text-sm text-ink-3">{number}</span>
        <Link
          data-row={phone.id}
          dir="auto"
          from="/phones/list"
          to="/phones/list"
          search={(before) => ({ ...before, phone: phone.id })}
          aria-current={phone.id === current}
          className="line-clamp-2 font-medium hover:underline"
        >
          {phone.name}
        </Link>
      </span>
      <span className="line-clamp-1 text-sm text-ink-3">{modelWords(phone)}</span>
      {phone.label && (
        <span dir="auto" className="line-clamp-1 text-sm text-ink-2">
          {phone.label}
        </span>
      )}
      <Trouble phone={phone} />
      <span className="flex flex-wrap gap-x-3 text-sm text-ink-3 md:hidden">
        {measure && <span>{measure.words}</span>}
        {phone.lease && (
          <span className="inline-flex items-center gap-1">
            <HandGrab aria-hidden className="size-3.5" strokeWidth={1.75} />
            {phone.lease.holder_name}
          </span>
        )}
      </span>
    </span>
  );
}

/** Why it is in its state, or what its agent finds; nothing where all is well. */
function Trouble({ phone }: { phone: Phone }) {
  const words = isOutOfWork(phone)
    ? phone.state_why
    : phone.state === "offline" || phone.alive !== "live"
      ? phone.because
      : "";
  if (!words) return null;
  return (
    <span dir="auto" className="line-clamp-2 text-sm text-ink-2">
      {words}
      {phone.state === "offline" && phone.offline_since && (
        <span className="md:hidden">
          {" · "}
          <Time at={phone.offline_since} />
        </span>
      )}
    </span>
  );
}

export function BatteryCell({ phone }: { phone: Phone }) {
  const measure = battery(phone);
  if (!measure) return "–";
  const low = measure.kind === "wait";
  return (
    <span className={clsx("inline-flex items-center gap-1", low && "text-wait")}>
      {low && <BatteryWarning aria-label="low" className="size-4" strokeWidth={1.75} />}
      {phone.charging && <BatteryCharging aria-label="charging" className="size-4 text-ink-3" strokeWidth={1.75} />}
      {phone.battery} %
    </span>
  );
}

export function MeasureCell(props: { measure: Omit<Measure, "fraction"> | null; short?: (words: string) => string }) {
  const { measure, short = (words) => words } = props;
  if (!measure) return "–";
  return (
    <span
      className={measure.kind === "wait" ? "inline-flex items-center gap-1 text-wait" : undefined}
      title={measure.words}
    >
      {measure.kind === "wait" && <TriangleAlert aria-hidden className="size-3.5" strokeWidth={1.75} />}
      {short(measure.words)}
    </span>
  );
}

export function OwnerCell({ id }: { id: string | null }) {
  const { clientOf } = useScope();
  if (id === null) return <span className="text-wait">No client yet</span>;
  const one = clientOf(id);
  return (
    <span className="inline-flex max-w-32 items-center gap-1">
      {one && <Dot colour={one.colour} />}
      <span dir="auto" className="truncate">
        {one?.name ?? "another client"}
      </span>
    </span>
  );
}

const SHOWN = 2;

/** Its tags and groups: the first ones, and how many more. */
export function Labels({ phone }: { phone: Phone }) {
  const words = [...phone.tags, ...phone.groups];
  if (words.length === 0) return "–";
  return (
    <span className="flex items-center gap-1" title={words.join(", ")}>
      {words.slice(0, SHOWN).map((one, index) => (
        <span
          key={`${index}${one}`}
          dir="auto"
          className="inline-block max-w-16 truncate rounded-sm xl:max-w-28 2xl:max-w-44 bg-sunken px-1.5 text-xs leading-5"
        >
          {one}
        </span>
      ))}
      {words.length > SHOWN && <Badge>+{words.length - SHOWN}</Badge>}
    </span>
  );
}

/** On one line; all of it on hover. */
export function CutText({ children }: { children: string }) {
  return (
    <span dir="auto" className="block max-w-24 truncate" title={children}>
      {children}
    </span>
  );
}
