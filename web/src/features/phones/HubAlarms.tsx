// Several phones of one USB hub that went at once: the cable or the hub, more likely than each phone.
import { useQuery } from "@tanstack/react-query";
import { Usb } from "lucide-react";
import { hubAlarmsQuery } from "@/api/inventory";
import { Time } from "@/ui/Time";
import { Alarms } from "./Alarms";

export function HubAlarms({ className }: { className?: string }) {
  const alarms = useQuery(hubAlarmsQuery).data ?? [];
  return (
    <Alarms
      label="Alarms of USB hubs"
      icon={Usb}
      className={className}
      alarms={alarms.map(({ agent, alarm }) => ({
        id: alarm.id,
        what: alarm.sentence,
        beneath: (
          <>
            {agent} · <Time at={alarm.raised_at} />
          </>
        ),
      }))}
    />
  );
}
