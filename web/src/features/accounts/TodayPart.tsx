// What of today's cap is used, how far apart posts are kept, and when the next one fits.
import type { Account } from "@/api/shapes";
import { counted } from "@/lib/numbers";
import { zoneCity } from "@/lib/zones";
import { Facts, Section } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { posts, todayWords } from "./words";

export function TodayPart({ account }: { account: Account }) {
  const { pace } = account;
  return (
    <Section title="Today" aside={`as in ${zoneCity(pace.zone)}`}>
      <p className="figures mb-2">
        <span className="text-xl font-semibold">{pace.used_today}</span>
        <span className="text-ink-2">
          {" "}
          of {counted(pace.cap_today, "post")} · {todayWords(account)}
        </span>
      </p>
      <Used used={pace.used_today} cap={pace.cap_today} />
      <div className="mt-3">
        <Facts
          rows={[
            ["Spacing", pace.minutes_apart ? `${spell(pace.minutes_apart)} between two posts` : "none kept"],
            ["Next room", <NextRoom key="next" account={account} />],
          ]}
        />
      </div>
    </Section>
  );
}

/** Beyond this the places are too many to be told apart, and one bar says as much. */
const PLACES = 30;

function Used({ used, cap }: { used: number; cap: number }) {
  const over = used > cap;
  const full = over ? "bg-wait-mark" : "bg-go";
  const drawn = Math.max(used, cap);
  if (drawn > PLACES)
    return (
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
        <div className={`h-full ${full}`} style={{ width: `${Math.min(100, (100 * used) / Math.max(1, cap))}%` }} />
      </div>
    );
  return (
    <div aria-hidden className="flex h-2 gap-0.5">
      {Array.from({ length: drawn }, (_, place) => (
        <span
          key={place}
          className={`max-w-10 flex-1 rounded-sm ${place >= cap ? "bg-wait-mark" : place < used ? full : "bg-line"}`}
        />
      ))}
    </div>
  );
}

function NextRoom({ account }: { account: Account }) {
  const { pace } = account;
  if (pace.free_now) return <>now</>;
  if (pace.next_free_at) return <Time at={pace.next_free_at} clientZone={pace.zone} />;
  return <>{posts(account) && !account.needs_reconnect ? "none in the next two weeks" : "once it may post again"}</>;
}

function spell(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(" ");
}
