// The windows over the wall. One at a time.
import { Confirm } from "@/ui/Dialog";
import type { Numbered } from "../filters";
import { AnswersDialog } from "./AnswersDialog";
import type { Controls } from "./controls";
import { AskDialog, BreakInDialog } from "./HolderDialogs";
import { LaunchDialog } from "./LaunchDialog";
import { otherHolder } from "./phones";
import { shelfOf } from "./recent";
import { restartWords } from "./restart";
import type { Snapshot } from "./snapshot";
import { TextDialog } from "./TextDialog";
import { phonesWords } from "./words";

export type Opened =
  { kind: "clipboard" | "launch" | "reboot"; on: readonly string[] } | { kind: "ask" | "break in"; one: Numbered };

interface Props {
  controls: Controls;
  now: Snapshot;
  /** The id of who is signed in. */
  me: string;
  all: readonly Numbered[];
  opened: Opened | null;
  onClose: () => void;
}

export function Dialogs({ controls, now, me, all, opened, onClose }: Props) {
  const named = (ids: readonly string[]) => phonesWords(controls.numbers(ids));
  const shelf = (ids: readonly string[]) =>
    shelfOf(
      me,
      all.filter(({ phone }) => ids.includes(phone.id)).map(({ phone }) => phone.client_id),
    );
  const answered = now.acts.find((act) => act.id === now.answers);
  const close = () => {
    onClose();
    controls.focus();
  };
  if (now.wish) {
    const { wish } = now;
    return (
      <TextDialog
        shelf={shelf(wish)}
        title={`Type on ${named(wish)}`}
        verb="Type"
        hint="It goes where the cursor stands on the phone."
        onSend={(text) => controls.order("text", text, wish)}
        onClose={() => controls.closeWish()}
      />
    );
  }
  if (answered) return <AnswersDialog act={answered} phones={all} onClose={() => controls.showAnswers(null)} />;
  switch (opened?.kind) {
    case "clipboard":
      return (
        <TextDialog
          shelf={shelf(opened.on)}
          title={`Put a text on the clipboard of ${named(opened.on)}`}
          verb="Put it there"
          onSend={(text) => controls.order("set_clipboard", text, opened.on)}
          onClose={close}
        />
      );
    case "launch":
      return (
        <LaunchDialog
          on={named(opened.on)}
          known={[...new Set(all.map(({ phone }) => phone.front).filter(Boolean))].sort()}
          onSend={(app) => controls.order("launch", app, opened.on)}
          onClose={close}
        />
      );
    case "reboot": {
      const { verb, about } = restartWords(all.filter(({ phone }) => opened.on.includes(phone.id)));
      return (
        <Confirm
          open
          onClose={close}
          title={verb}
          about={about}
          verb={verb}
          act={async () => controls.order("reboot", "", opened.on)}
        />
      );
    }
    case "ask":
      return (
        <AskDialog
          one={opened.one}
          holder={otherHolder(opened.one.phone, now.held)}
          onAsked={() => controls.asked(opened.one.phone.id)}
          onClose={close}
        />
      );
    case "break in":
      return (
        <BreakInDialog
          one={opened.one}
          holder={otherHolder(opened.one.phone, now.held)}
          onCame={(epoch) => controls.came(opened.one.phone.id, epoch)}
          onClose={close}
        />
      );
  }
  return null;
}
