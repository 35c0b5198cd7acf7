// Something secret that is shown now and never again, to be copied.
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";

export function Once({ label, value, hint }: { label: string; value: string; hint: string }) {
  const box = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false); // no clipboard here: the value stays selected, to be copied by hand
    }
  };
  return (
    <Field label={label} hint={hint}>
      {(tied) => (
        <div className="flex gap-2">
          <TextInput
            {...tied}
            ref={box}
            readOnly
            value={value}
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
