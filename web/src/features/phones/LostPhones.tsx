// Phones that went while somebody held them: for the board, where whatever went wrong stands.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Unplug } from "lucide-react";
import { wallPhonesQuery } from "@/api/wall";
import { Time } from "@/ui/Time";
import { Alarms } from "./Alarms";
import { lostPhones } from "./words";

export function LostPhones({ client, className }: { client: string | undefined; className?: string }) {
  // Comings, goings and leases are told as they happen.
  const phones = useQuery({ ...wallPhonesQuery, refetchInterval: false });
  return (
    <Alarms
      label="Phones that went while they were held"
      icon={Unplug}
      className={className}
      alarms={lostPhones(phones.data ?? [], client).map((one) => ({
        id: one.id,
        what: (
          <>
            <Link to="/phones/list" search={{ phone: one.id }} className="font-medium underline">
              {one.name}
            </Link>{" "}
            went while {one.lease?.holder_name} held it{one.because && `: ${one.because}`}
          </>
        ),
        beneath: one.offline_since && <Time at={one.offline_since} />,
      }))}
    />
  );
}
