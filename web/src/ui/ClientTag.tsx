// Whose it is; shown only where several clients' records stand together.
import { useScope } from "@/api/scope";
import { Dot } from "./State";

export function ClientTag({ id }: { id: string }) {
  const { session, client, clientOf } = useScope();
  const one = clientOf(id);
  if (client || session.clients.length < 2 || !one) return null;
  return (
    <span className="inline-flex max-w-[min(12rem,100%)] min-w-0 items-center gap-1">
      <Dot colour={one.colour} />
      <span dir="auto" className="truncate">
        {one.name}
      </span>
    </span>
  );
}
