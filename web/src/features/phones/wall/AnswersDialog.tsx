// What phones answered: their screenshots to look at and keep, the texts of their clipboards.
import { Check, Copy, Download } from "lucide-react";
import { Button, ButtonAway } from "@/ui/Button";
import { Dialog, DialogBody } from "@/ui/Dialog";
import { useCopy } from "@/ui/useCopy";
import type { Numbered } from "../filters";
import { type Act, isOpen, type Outcome } from "./acts";

export function AnswersDialog({
  act,
  phones,
  onClose,
}: {
  act: Act;
  phones: readonly Numbered[];
  onClose: () => void;
}) {
  const there = phones.flatMap((one) => {
    const outcome = act.outcomes.get(one.phone.id);
    return outcome ? [{ one, outcome }] : [];
  });
  const pictures = there.some(({ outcome }) => outcome.picture);
  return (
    <Dialog open onClose={onClose} title={act.name} wide={pictures && there.length > 1}>
      <DialogBody>
        <ul className={pictures ? "grid grid-cols-2 gap-4 md:grid-cols-3" : "flex flex-col gap-3"}>
          {there.map(({ one, outcome }) => (
            <Answered key={one.phone.id} one={one} outcome={outcome} />
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}

function Answered({ one: { number, phone }, outcome }: { one: Numbered; outcome: Outcome }) {
  const { answer, picture, words } = outcome;
  const { copied, copy } = useCopy(answer ?? "");
  return (
    <li className="flex min-w-0 flex-col gap-1.5">
      <div className="flex min-w-0 items-center gap-1.5">
        <span className="figures font-medium">{number}</span>
        <span dir="auto" className="min-w-0 flex-1 truncate text-ink-2">
          {phone.name}
        </span>
        {picture && (
          <ButtonAway
            small
            icon={Download}
            href={picture}
            download={`phone-${number}.png`}
            label={`Download the screenshot of phone ${number}`}
          />
        )}
        {answer && (
          <Button
            small
            icon={copied ? Check : Copy}
            aria-label={`${copied ? "Copied" : "Copy"} the text of phone ${number}`}
            onClick={copy}
          />
        )}
      </div>
      {picture ? (
        <img
          src={picture}
          alt={`What phone ${number} shows`}
          className="max-h-[60dvh] w-full rounded-md border bg-sunken object-contain"
        />
      ) : (
        <p dir="auto" className="rounded-md bg-sunken px-3 py-2 whitespace-pre-wrap text-ink-2">
          {isOpen(outcome) ? "Waiting for its answer…" : answer || (answer === "" ? "Nothing is on it." : words)}
        </p>
      )}
    </li>
  );
}
