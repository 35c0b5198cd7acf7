// A line to be copied as it stands: a command for another computer.
import { Check, Copy } from "lucide-react";
import { IconButton } from "@/ui/Button";
import { useCopy } from "@/ui/useCopy";

export function CopyLine({ line, name }: { line: string; name: string }) {
  const { copied, copy } = useCopy(line);
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-2.5">
      <code className="min-w-0 flex-1 py-1 font-mono text-sm [overflow-wrap:anywhere] select-all">{line}</code>
      <IconButton
        small
        icon={copied ? Check : Copy}
        label={copied ? `Copied ${name}` : `Copy ${name}`}
        onClick={copy}
      />
    </div>
  );
}
