// Copies a text to the clipboard, and says whether it is there.
import { useState } from "react";

/** Where the browser gives no clipboard, `copied` stays false: the text can be selected and copied by hand. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () => {
    // Outside a secure context there is no clipboard at all.
    const written = async () => navigator.clipboard.writeText(text);
    written().then(
      () => setCopied(text),
      () => setCopied(null),
    );
  };
  return { copied: copied === text, copy };
}
