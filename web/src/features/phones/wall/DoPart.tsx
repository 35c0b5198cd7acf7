// What can be done on the phones beside touching them: keys, text, clipboard, screenshot, apps, files.
import {
  AppWindow,
  ArrowLeft,
  Bell,
  Camera,
  CaseSensitive,
  ClipboardCopy,
  ClipboardPaste,
  CornerDownLeft,
  Delete,
  FileUp,
  House,
  type LucideIcon,
  Power,
  RotateCcw,
  RotateCw,
  SquareStack,
  Volume1,
  Volume2,
} from "lucide-react";
import { useId } from "react";
import { IconButton } from "@/ui/Button";
import { Section } from "@/ui/Page";
import { PHONE_KEYS, type PhoneKey, SHORTCUTS, shown } from "./keys";

const ICONS: Record<string, LucideIcon> = {
  back: ArrowLeft,
  home: House,
  recents: SquareStack,
  notifications: Bell,
  volume_down: Volume1,
  volume_up: Volume2,
  enter: CornerDownLeft,
  delete: Delete,
  power: Power,
};

export interface Doing {
  key: (key: PhoneKey) => void;
  text: () => void;
  clipboard: () => void;
  readClipboard: () => void;
  screenshot: () => void;
  rotate: () => void;
  launch: () => void;
  reboot: () => void;
  files: (files: readonly File[]) => void;
}

/** `on`: how many phones it goes to. */
export function DoPart({ on, doing }: { on: number; doing: Doing }) {
  const off = on === 0;
  return (
    <Section title="Do" aside={off ? "Select phones first" : on === 1 ? "on one phone" : `on ${on} phones`}>
      <div role="group" aria-label="On the phones" className="grid grid-cols-6 justify-items-center gap-y-1.5">
        {PHONE_KEYS.map((one) => (
          <IconButton
            key={one.key}
            tone="plain"
            label={one.name}
            hint={shown(one.shortcut)}
            icon={ICONS[one.key]}
            disabled={off}
            onClick={() => doing.key(one)}
          />
        ))}
        <IconButton
          tone="plain"
          label="Type a text"
          hint={shown(SHORTCUTS.text)}
          icon={CaseSensitive}
          disabled={off}
          onClick={doing.text}
        />
        <IconButton
          tone="plain"
          label="Screenshot"
          hint={shown(SHORTCUTS.screenshot)}
          icon={Camera}
          disabled={off}
          onClick={doing.screenshot}
        />
        <IconButton
          tone="plain"
          label="Turn"
          hint={shown(SHORTCUTS.rotate)}
          icon={RotateCw}
          disabled={off}
          onClick={doing.rotate}
        />
        <IconButton
          tone="plain"
          label="Put a text on the clipboard"
          icon={ClipboardPaste}
          disabled={off}
          onClick={doing.clipboard}
        />
        <IconButton
          tone="plain"
          label="Read the clipboard"
          icon={ClipboardCopy}
          disabled={off}
          onClick={doing.readClipboard}
        />
        <IconButton tone="plain" label="Open an app" icon={AppWindow} disabled={off} onClick={doing.launch} />
        <FileButton disabled={off} onFiles={doing.files} />
        <IconButton tone="plain" label="Restart" icon={RotateCcw} disabled={off} onClick={doing.reboot} />
      </div>
    </Section>
  );
}

/** The same as dropping files on the wall, for who has no mouse. */
function FileButton({ disabled, onFiles }: { disabled: boolean; onFiles: (files: readonly File[]) => void }) {
  const id = useId();
  return (
    <>
      <IconButton
        tone="plain"
        label="Install an app or send a file"
        icon={FileUp}
        disabled={disabled}
        onClick={() => document.getElementById(id)?.click()}
      />
      <input
        id={id}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}
