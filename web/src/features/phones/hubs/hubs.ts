// What the picture of the hubs says. Pure.
import type { components } from "@/api/schema";
import { counted } from "@/lib/numbers";

export type AgentHubs = components["schemas"]["AgentHubs"];
export type UsbHub = components["schemas"]["UsbHub"];
export type HubPhone = components["schemas"]["HubPhone"];

/** Its phones and those of the hubs beneath it. */
export function allOf(hub: UsbHub): HubPhone[] {
  return [...hub.phones, ...hub.hubs.flatMap(allOf)];
}

/** "3 of 4 phones there". */
export function thereWords(phones: readonly Pick<HubPhone, "offline_since">[]): string {
  const there = phones.filter((one) => one.offline_since === null).length;
  return there === phones.length
    ? counted(phones.length, "phone")
    : `${there} of ${counted(phones.length, "phone")} there`;
}

/** "step 4 of 9", of an iPhone that is not ready yet; empty for all others. */
export function stepOf(phone: Pick<HubPhone, "because" | "offline_since">): string {
  return (phone.offline_since && /step \d of \d/.exec(phone.because)?.[0]) || "";
}

/** The port on its own hub: "2" of "1-4.2". */
export function lastPart(port: string): string {
  return port.split(/[-.]/).at(-1) ?? port;
}
