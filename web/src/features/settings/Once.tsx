// Something secret that is shown now and never again, to be copied.
import { Check, Copy } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { useCopy } from "@/ui/useCopy";

export function Once({ label, value, hint }: { label: string; value: string; hint: string }) {
  const box = useRef<HTMLInputElement>(null);
  const { copied, copy } = useCopy(value);
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
          <Button
            icon={copied ? Check : Copy}
            onClick={() => {
              box.current?.select();
              copy();
            }}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        </div>
      )}
    </Field>
  );
}
