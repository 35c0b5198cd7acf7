// A link that works once: shown now, to be copied and handed over.
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";

export function OnceLinkBox({ link, name }: { link: string; name: string }) {
  const box = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const full = new URL(link, location.origin).href;
  const copy = async () => {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(full);
      setCopied(true);
    } catch {
      setCopied(false); // no clipboard here: the address stays selected, to be copied by hand
    }
  };
  return (
    <Field
      label="One-time link"
      hint={`Give it to ${name || "them"} on a safe way. It works once and is not shown again.`}
    >
      {(tied) => (
        <div className="flex gap-2">
          <TextInput
            {...tied}
            ref={box}
            readOnly
            value={full}
            className="figures"
            onFocus={(event) => event.target.select()}
          />
          <Button icon={copied ? Check : Copy} onClick={() => void copy()}>
            {copied ? "Copied" : "Copy"}
          </Button>
        </div>
      )}
    </Field>
  );
}
