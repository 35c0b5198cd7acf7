// The month as a list: every post with its account and time, and between them the days on which nothing goes out.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { addDays, dayName } from "@/lib/days";
import { zoneCity } from "@/lib/zones";
import { ClientTag } from "@/ui/ClientTag";
import { List } from "@/ui/List";
import { Thumb } from "@/ui/Portrait";
import { State } from "@/ui/State";
import { postState } from "@/ui/states";
import type { Placed } from "./place";

interface Props {
  today: string;
  days: ReadonlyMap<string, readonly Placed[]>;
  free: ReadonlySet<string>;
  current: string | undefined;
  zone: string;
}

export function Agenda({ today, days, free, current, zone }: Props) {
  const shown = [...new Set([...days.keys(), ...free])].sort();
  return (
    <List label="Posts by day">
      {shown.map((day) => {
        const posts = days.get(day) ?? [];
        if (posts.length === 0)
          return free.has(addDays(day, -1)) && !days.has(addDays(day, -1)) ? null : (
            <Gap key={day} from={day} free={free} />
          );
        return (
          <li key={day}>
            <h2 className={clsx("pt-4 pb-1 text-sm", day === today ? "font-semibold" : "text-ink-3")}>
              {dayName(day, today)}
              {day === today && ", today"}
            </h2>
            <ul className="border-t">
              {posts.map((one) => (
                <Row key={one.post.id} placed={one} current={one.post.id === current} zone={zone} />
              ))}
            </ul>
          </li>
        );
      })}
    </List>
  );
}

function Gap({ from, free }: { from: string; free: ReadonlySet<string> }) {
  let to = from;
  while (free.has(addDays(to, 1))) to = addDays(to, 1);
  return (
    <li className="hatched mt-4 rounded-md px-3 py-2 text-sm text-ink-2">
      <span className="bg-paper px-1">
        {from === to ? `${dayName(from)}: free` : `${dayName(from)} to ${dayName(to)}: free`}
      </span>
    </li>
  );
}

function Row({ placed: { post, time }, current, zone }: { placed: Placed; current: boolean; zone: string }) {
  return (
    <li className={clsx("border-b last:border-b-0", current && "bg-pick-soft")}>
      <Link
        data-row
        from="/calendar"
        to="/calendar"
        search={(before) => ({ ...before, post: post.id })}
        aria-current={current}
        className="flex items-center gap-3 py-2 -outline-offset-2 hover:bg-hover"
      >
        <span className="figures w-14 shrink-0 md:w-24">
          {time}
          {post.zone && post.zone !== zone && (
            <span className="block truncate text-xs text-ink-3">{zoneCity(post.zone)}</span>
          )}
        </span>
        <Thumb src={post.content.thumbnail_url} className="w-7 rounded-sm" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span dir="auto" className="line-clamp-1 font-medium">
            {post.content.title || post.content.topic}
          </span>
          <span className="flex flex-wrap gap-x-2 text-sm text-ink-3">
            <State bare told={postState(post.state)} />
            <span dir="auto" className="max-w-40 truncate">
              {post.account.name}
            </span>
            <ClientTag id={post.client_id} />
          </span>
        </span>
      </Link>
    </li>
  );
}
