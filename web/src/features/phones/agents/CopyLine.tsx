// A line to be copied as it stands: a command for another computer.
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/ui/Button";

export function CopyLine({ line, name }: { line: string; name: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      setCopied(true);
    } catch {
      setCopied(false); // no clipboard here: the line can be selected by hand
    }
  };
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-2.5">
      <code className="min-w-0 flex-1 py-1 font-mono text-sm [overflow-wrap:anywhere] select-all">{line}</code>
      <IconButton
        small
        icon={copied ? Check : Copy}
        label={copied ? `Copied ${name}` : `Copy ${name}`}
        onClick={() => void copy()}
      />
    </div>
  );
}
