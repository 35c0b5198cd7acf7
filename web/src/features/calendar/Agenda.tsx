// The days as a list: every post with its account and time, and between them the days on which nothing goes out.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { addDays, dayName } from "@/lib/days";
import { zoneCity } from "@/lib/zones";
import { ClientTag } from "@/ui/ClientTag";
import { List } from "@/ui/List";
import { Thumb } from "@/ui/Portrait";
import { State } from "@/ui/State";
import { postState } from "@/ui/states";
import type { ChipActs } from "./Chip";
import { AccountMark } from "@/ui/AccountMark";
import { movable, type Placed, standsAt, titleOf } from "./place";
import type { Carried } from "./useCarry";

interface Props {
  today: string;
  days: ReadonlyMap<string, readonly Placed[]>;
  gaps: ReadonlySet<string>;
  full: ReadonlyMap<string, readonly string[]>;
  zone: string;
  target: Carried | null;
  chips: ChipActs;
}

export function Agenda({ today, days, gaps, full, zone, target, chips }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const ahead = [...days.keys()].filter((day) => day >= today).sort()[0];
  // What is over stands above; what comes next is brought into sight.
  useEffect(() => {
    if (ahead) list.current?.querySelector(`[data-day="${ahead}"]`)?.scrollIntoView({ block: "nearest" });
  }, [ahead]);
  const carriedTo = target ? [target.spot.day] : [];
  const shown = [...new Set([...days.keys(), ...gaps, ...carriedTo])].sort();
  return (
    <div ref={list}>
      <List label="Posts by day">
        {shown.map((day) => {
          const posts = days.get(day) ?? [];
          const over = target?.spot.day === day;
          if (posts.length === 0 && !over)
            return gaps.has(addDays(day, -1)) && !days.has(addDays(day, -1)) ? null : (
              <Gap key={day} from={day} gaps={gaps} />
            );
          return (
            <li key={day} data-day={day} data-drop={day} className={clsx(over && "rounded-md bg-pick-soft")}>
              <h2 className={clsx("flex gap-2 pt-4 pb-1 text-sm", day === today ? "font-semibold" : "text-ink-3")}>
                <span>
                  {dayName(day, today)}
                  {day === today && ", today"}
                </span>
                {full.get(day) && (
                  <span title={full.get(day)?.join(", ")} className="font-medium text-wait">
                    full: <span dir="auto">{full.get(day)?.slice(0, 2).join(", ")}</span>
                  </span>
                )}
              </h2>
              <ul className="border-t">
                {posts.map((one) => (
                  <Row key={one.post.id} placed={one} zone={zone} chips={chips} />
                ))}
              </ul>
            </li>
          );
        })}
      </List>
    </div>
  );
}

function Gap({ from, gaps }: { from: string; gaps: ReadonlySet<string> }) {
  let to = from;
  while (gaps.has(addDays(to, 1))) to = addDays(to, 1);
  return (
    <li className="hatched mt-4 rounded-md px-3 py-2 text-sm text-ink-2">
      <span className="bg-paper px-1">
        {from === to ? `${dayName(from)}: free` : `${dayName(from)} to ${dayName(to)}: free`}
      </span>
    </li>
  );
}

function Row({ placed, zone, chips }: { placed: Placed; zone: string; chips: ChipActs }) {
  const { post, time } = placed;
  const current = post.id === chips.current;
  const can = chips.canMove && movable(post);
  const own = standsAt(post);
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "m" || !can || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    chips.onPickUp(placed);
  };
  return (
    <li
      className={clsx("border-b last:border-b-0", current && "bg-pick-soft", post.id === chips.carried && "opacity-40")}
    >
      <Link
        data-row
        data-post={post.id}
        onDragStart={(event) => event.preventDefault()}
        from="/calendar"
        to="/calendar"
        search={(before) => ({ ...before, post: post.id })}
        aria-current={current}
        aria-keyshortcuts={can ? "M" : undefined}
        onKeyDown={onKey}
        onPointerDown={can ? (event) => chips.onGrab(event, placed) : undefined}
        className="flex items-center gap-3 py-2 -outline-offset-2 hover:bg-hover"
      >
        <span className="figures w-14 shrink-0 md:w-24">
          {time}
          {own && post.zone && own.zone !== zone && (
            <span className="block truncate text-xs text-ink-3">
              {own.wall.slice(11)} {zoneCity(own.zone)}
            </span>
          )}
        </span>
        <Thumb src={post.content.thumbnail_url} className="w-7 rounded-sm" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span dir="auto" className="line-clamp-1 font-medium">
            {titleOf(post)}
          </span>
          <span className="flex flex-wrap gap-x-2 text-sm text-ink-3">
            <State bare told={postState(post.state)} />
            <span className="inline-flex min-w-0 items-center gap-1">
              <AccountMark id={post.account.id} platform={post.account.platform} />
              <span dir="auto" className="max-w-40 truncate">
                {post.account.name}
              </span>
            </span>
            <ClientTag id={post.client_id} />
          </span>
        </span>
      </Link>
    </li>
  );
}
