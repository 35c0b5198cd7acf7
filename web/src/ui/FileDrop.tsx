// Takes a text file by drop or by button; says why when it can't.
import { FileText, Upload, X } from "lucide-react";
import { useId, useState } from "react";
import { size } from "@/lib/numbers";
import { Button } from "./Button";
import { FieldError } from "./Field";

export interface TextFile {
  name: string;
  text: string;
}

const LARGEST = 1_000_000;

export function FileDrop({ file, onFile }: { file: TextFile | null; onFile: (file: TextFile | null) => void }) {
  const input = useId();
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const take = async (picked: File | undefined) => {
    if (!picked) return;
    const problem = refusal(picked);
    setError(problem);
    if (problem) return;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await picked.arrayBuffer());
      onFile({ name: picked.name, text });
    } catch {
      setError(`${picked.name} is not plain text. Save it as UTF-8 text and drop it again.`);
    }
  };

  if (file) {
    return (
      <div className="flex min-w-0 items-center gap-2 rounded-md border bg-surface px-3 py-1.5">
        <FileText aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {file.name}
        </span>
        <span className="figures text-sm text-ink-3">{size(new Blob([file.text]).size)}</span>
        <Button tone="quiet" small icon={X} aria-label={`Remove ${file.name}`} onClick={() => onFile(null)} />
      </div>
    );
  }
  return (
    <div>
      <label
        htmlFor={input}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
        className={`flex items-center gap-2 rounded-md border border-dashed px-3 py-2 text-ink-2 transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-pick ${
          over ? "border-pick bg-pick-soft" : "border-line-strong"
        }`}
      >
        <Upload aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span>Drop a text file here, or choose one</span>
        <input
          id={input}
          type="file"
          accept=".txt,.md,.markdown,.csv,text/*"
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      {error && (
        <div className="mt-1">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </div>
  );
}

function refusal(file: File): string | null {
  if (file.size > LARGEST) return `${file.name} has ${size(file.size)}; a text of up to ${size(LARGEST)} is taken.`;
  if (file.size === 0) return `${file.name} is empty.`;
  return null;
}
