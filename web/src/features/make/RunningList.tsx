// The videos being made just now.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { contentsQuery, isRunning } from "@/api/contents";
import { useScope } from "@/api/scope";
import { left } from "@/lib/moments";
import { List } from "@/ui/List";
import { Section } from "@/ui/Page";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";

export function RunningList() {
  const { clientId } = useScope();
  const { data = [] } = useQuery(contentsQuery({ client: clientId }));
  const running = data.filter(isRunning);
  if (running.length === 0) return null;
  return (
    <Section title="Running now" count={running.length}>
      <List label="Running now" className="border-t">
        {running.map((one) => (
          <li key={one.id} className="flex flex-col gap-1 border-b py-2 last:border-b-0">
            <Link
              data-row
              dir="auto"
              to="/make/$contentId"
              params={{ contentId: one.id }}
              className="line-clamp-1 font-medium hover:underline"
            >
              {one.topic}
            </Link>
            <span className="flex items-center gap-2 text-sm text-ink-3">
              <State bare told={contentState(one.status)} />
              <span className="figures">{left(one.progress?.eta_seconds)}</span>
            </span>
            <Progress fraction={one.progress?.fraction ?? 0} label={`Making ${one.topic}`} />
          </li>
        ))}
      </List>
    </Section>
  );
}
