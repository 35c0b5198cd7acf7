// What can be done with the selected phones, all at once.
import { Building2, CircleCheck, Tag, Tags, Wrench, X } from "lucide-react";
import { type Phone, useChangePhones } from "@/api/inventory";
import { sayError } from "@/api/problem";
import { counted } from "@/lib/numbers";
import { Button, IconButton } from "@/ui/Button";
import { say, sayBroken } from "@/ui/Toast";
import { isOutOfWork } from "../words";

export type Doing = "tags" | "groups" | "give" | "state";

export function BulkBar(props: { phones: readonly Phone[]; onDo: (what: Doing) => void; onClear: () => void }) {
  const { phones, onDo, onClear } = props;
  const change = useChangePhones();
  const out = phones.filter(isOutOfWork);
  const back = () =>
    change.mutate(
      { phones: out.map((one) => one.id), state: "active" },
      {
        onSuccess: () => say(`${counted(out.length, "phone")} back at work.`),
        onError: (error) => sayBroken(sayError(error)),
      },
    );
  return (
    <div
      role="region"
      aria-label="Selected phones"
      className="sticky bottom-0 z-10 mt-4 flex flex-wrap items-center gap-2 rounded-lg border bg-surface px-3 py-2 shadow-float max-md:bottom-16"
    >
      <span role="status" className="figures font-medium">
        {phones.length} selected
      </span>
      <Button small icon={Tag} onClick={() => onDo("tags")}>
        Tags
      </Button>
      <Button small icon={Tags} onClick={() => onDo("groups")}>
        Groups
      </Button>
      <Button small icon={Building2} onClick={() => onDo("give")}>
        Give to a client
      </Button>
      <Button small icon={Wrench} onClick={() => onDo("state")}>
        Out of work
      </Button>
      {out.length > 0 && (
        <Button small icon={CircleCheck} busy={change.isPending} onClick={back}>
          Back to work
        </Button>
      )}
      <IconButton small icon={X} label="Clear the selection" className="ml-auto" onClick={onClear} />
    </div>
  );
}
