// What can be done on the phones beside touching them: keys, text, clipboard, screenshot, apps, files.
import {
  AppWindow,
  Camera,
  CaseSensitive,
  ClipboardCopy,
  ClipboardPaste,
  FileUp,
  type LucideIcon,
  RotateCcw,
  RotateCw,
} from "lucide-react";
import { useRef } from "react";
import type { Phone } from "@/api/inventory";
import { IconButton } from "@/ui/Button";
import { Section } from "@/ui/Page";
import { type Ability, can } from "./able";
import { PHONE_KEYS, type PhoneKey, SHORTCUTS, shown } from "./keys";

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

interface DoButton {
  name: string;
  icon: LucideIcon;
  shortcut?: string;
  /** One of these abilities, where not every phone can it. */
  needs?: readonly Ability[];
  /** What to do on phones that can't. */
  instead?: string;
  /** `chooseFiles` lets the person choose some: the same as dropping them on the wall, for who has no mouse. */
  act: (doing: Doing, chooseFiles: () => void) => void;
}

const BUTTONS: readonly DoButton[] = [
  ...PHONE_KEYS.map((one): DoButton => ({
    ...one,
    ...(one.some && { needs: [one.some.needs], instead: one.some.instead }),
    act: (doing) => doing.key(one),
  })),
  { name: "Type a text", icon: CaseSensitive, shortcut: SHORTCUTS.text, act: (doing) => doing.text() },
  { name: "Screenshot", icon: Camera, shortcut: SHORTCUTS.screenshot, act: (doing) => doing.screenshot() },
  { name: "Turn", icon: RotateCw, shortcut: SHORTCUTS.rotate, needs: ["rotate"], act: (doing) => doing.rotate() },
  {
    name: "Put a text on the clipboard",
    icon: ClipboardPaste,
    needs: ["clipboard_write"],
    act: (doing) => doing.clipboard(),
  },
  {
    name: "Read the clipboard",
    icon: ClipboardCopy,
    needs: ["clipboard_read"],
    act: (doing) => doing.readClipboard(),
  },
  { name: "Open an app", icon: AppWindow, act: (doing) => doing.launch() },
  {
    name: "Install an app or send a file",
    icon: FileUp,
    needs: ["install", "files"],
    act: (_, chooseFiles) => chooseFiles(),
  },
  { name: "Restart", icon: RotateCcw, needs: ["reboot"], act: (doing) => doing.reboot() },
];

/** `on`: the phones it goes to, in words; empty where there are none. What none of them can is not offered. */
export function DoPart({ on, aimed, doing }: { on: string; aimed: readonly Phone[]; doing: Doing }) {
  const files = useRef<HTMLInputElement>(null);
  return (
    <Section title="Do" aside={on ? `on ${on}` : "Select phones first"}>
      <div role="group" aria-label="On the phones" className="grid grid-cols-6 justify-items-center gap-y-1.5">
        {BUTTONS.map(({ name, icon, shortcut, needs = [], instead, act }) => {
          const offered = can(aimed, needs);
          return (
            <IconButton
              key={name}
              tone="plain"
              label={!on || offered ? name : withoutWords(name, instead)}
              hint={offered ? shortcut && shown(shortcut) : undefined}
              icon={icon}
              disabled={!on}
              aria-disabled={!offered || undefined}
              onClick={() => offered && act(doing, () => files.current?.click())}
            />
          );
        })}
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          doing.files([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </Section>
  );
}

const withoutWords = (name: string, instead?: string) =>
  `${name}: not on ${instead ? `an iPhone; ${instead}` : "these phones in the way they are connected"}`;
