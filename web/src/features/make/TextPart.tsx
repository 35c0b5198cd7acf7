// The text that facts come from: pasted, or as a file.
import { Field, TextArea } from "@/ui/Field";
import { FileDrop, type TextFile } from "@/ui/FileDrop";

interface Props {
  typed: string;
  onType: (text: string) => void;
  file: TextFile | null;
  onFile: (file: TextFile | null) => void;
  error?: string;
}

export function TextPart({ typed, onType, file, onFile, error }: Props) {
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={
          <>
            Text <span className="font-normal text-ink-3">(optional)</span>
          </>
        }
        hint="Facts and figures come only from here, each with its source. Without a text nothing is claimed: the video asks and invites."
        error={error}
      >
        {(tied) =>
          file ? (
            <FileDrop file={file} onFile={onFile} />
          ) : (
            <TextArea
              {...tied}
              name="text"
              rows={5}
              placeholder="Paste an article, notes, a press release…"
              value={typed}
              onChange={(event) => onType(event.target.value)}
            />
          )
        }
      </Field>
      {!file && typed === "" && <FileDrop file={null} onFile={onFile} />}
    </div>
  );
}
