// What a phone is and where it hangs.
import type { ReactNode } from "react";
import type { Phone } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { Facts, Section } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { Seen } from "../Seen";
import { modelWords, portWords } from "../words";

export function AboutPart({ phone }: { phone: Phone }) {
  const { clientOf } = useScope();
  const client = phone.client_id ? (clientOf(phone.client_id)?.name ?? "another client") : "no client yet";
  const rows: (readonly [string, ReactNode] | false)[] = [
    ["Model", text(modelWords(phone))],
    phone.label !== "" && ["Label", text(phone.label)],
    ["Tags", text(phone.tags.join(", "))],
    ["Groups", text(phone.groups.join(", "))],
    ["Client", text(client)],
    ["Agent", text(phone.agent_name)],
    ["USB port", text(portWords(phone.port))],
    ["In front", text(phone.front)],
    ["Screen", phone.width > 0 ? `${phone.width} × ${phone.height}` : "not told"],
    [
      "Serial",
      <span key="serial" className="text-sm [overflow-wrap:anywhere] text-ink-3 select-all">
        {phone.serial}
      </span>,
    ],
    ["Last seen", <Seen key="seen" phone={phone} />],
    ["Here since", <Time key="made" at={phone.created_at} />],
  ];
  return (
    <Section title="About it">
      <Facts rows={rows.filter((one) => one !== false)} />
    </Section>
  );
}

/** From outside: of any length, in any script. */
function text(words: string): ReactNode {
  return (
    <span dir="auto" className="[overflow-wrap:anywhere]">
      {words || "–"}
    </span>
  );
}
