// A link that works once: shown now, to be copied and handed over.
import { Once } from "./Once";

export function OnceLinkBox({ link, name }: { link: string; name: string }) {
  return (
    <Once
      label="One-time link"
      value={new URL(link, location.origin).href}
      hint={`Give it to ${name || "them"} on a safe way. It works once and is not shown again.`}
    />
  );
}
