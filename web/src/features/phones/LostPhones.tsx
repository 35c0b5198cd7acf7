// Phones that went while somebody held them: for the board, where whatever went wrong stands.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Unplug } from "lucide-react";
import { wallPhonesQuery } from "@/api/wall";
import { Time } from "@/ui/Time";
import { lostPhones } from "./words";

export function LostPhones({ client, className = "" }: { client: string | undefined; className?: string }) {
  // Comings, goings and leases are told as they happen.
  const phones = useQuery({ ...wallPhonesQuery, refetchInterval: false });
  const lost = lostPhones(phones.data ?? [], client);
  if (lost.length === 0) return null;
  return (
    <ul aria-label="Phones that went while they were held" className={`flex flex-col gap-2 ${className}`}>
      {lost.map((one) => (
        <li
          key={one.id}
          className="flex items-start gap-2 rounded-md bg-broken-soft px-3 py-2 [overflow-wrap:anywhere] text-broken"
        >
          <Unplug aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <span dir="auto" className="min-w-0">
            <Link to="/phones/list" search={{ phone: one.id }} className="font-medium underline">
              {one.name}
            </Link>{" "}
            went while {one.lease?.holder_name} held it{one.because && `: ${one.because}`}
            {one.offline_since && (
              <span className="block text-sm">
                <Time at={one.offline_since} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
