// Several phones of one USB hub that went at once: the cable or the hub, more likely than each phone.
import { useQuery } from "@tanstack/react-query";
import { Usb } from "lucide-react";
import { hubAlarmsQuery } from "@/api/inventory";
import { Time } from "@/ui/Time";

export function HubAlarms({ className = "" }: { className?: string }) {
  const alarms = useQuery(hubAlarmsQuery).data ?? [];
  if (alarms.length === 0) return null;
  return (
    <ul aria-label="Alarms of USB hubs" className={`flex flex-col gap-2 ${className}`}>
      {alarms.map(({ agent, alarm }) => (
        <li
          key={alarm.id}
          className="flex items-start gap-2 rounded-md bg-broken-soft px-3 py-2 [overflow-wrap:anywhere] text-broken"
        >
          <Usb aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <span dir="auto" className="min-w-0">
            {alarm.sentence}
            <span className="block text-sm">
              {agent} · <Time at={alarm.raised_at} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
