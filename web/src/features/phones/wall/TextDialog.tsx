// A text for the phones: typed, or one of those that were kept.
import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/ui/Button";
import { Checkbox, Field, TextArea } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { forgetText, keepText, recentTexts } from "./recent";

/** As the wire takes it. */
const LONGEST = 10_000;

interface Props {
  /** Where its texts are kept. */
  shelf: string;
  title: string;
  verb: string;
  hint?: string;
  onSend: (text: string) => void;
  onClose: () => void;
}

export function TextDialog({ shelf, title, verb, hint, onSend, onClose }: Props) {
  const [text, setText] = useState("");
  const [keep, setKeep] = useState(false);
  const [recent, setRecent] = useState(() => recentTexts(localStorage, shelf));
  const send = () => {
    if (!text) return;
    if (keep) keepText(localStorage, shelf, text);
    onSend(text);
    onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <FormDialog title={title} about={hint} verb={verb} disabled={!text} onSubmit={send} onClose={onClose}>
      <Field label="Text" hint="Enter sends, Shift and Enter begins a new line.">
        {(tied) => (
          <TextArea
            {...tied}
            autoFocus
            rows={3}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKey}
          />
        )}
      </Field>
      {recent.length > 0 && (
        <div>
          <h3 className="mb-1 text-sm font-medium text-ink-2">Typed lately in this browser</h3>
          <ul aria-label="Typed lately" className="flex flex-col">
            {recent.map((one) => (
              <li key={one} className="flex items-center gap-1">
                <button
                  type="button"
                  dir="auto"
                  onClick={() => setText(one)}
                  className="min-h-8 min-w-0 flex-1 truncate rounded-sm px-2 text-left hover:bg-hover"
                >
                  {one}
                </button>
                <Button
                  tone="quiet"
                  small
                  icon={X}
                  aria-label={`Forget “${one}”`}
                  onClick={() => setRecent(forgetText(localStorage, shelf, one))}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Checkbox
        label="Keep this text"
        hint="You find it here again, in this browser, until you sign out. Leave passwords and the like out."
        checked={keep}
        onChange={(event) => setKeep(event.target.checked)}
      />
    </FormDialog>
  );
}
