// On which accounts a schedule posts, each time on all of them or on one after the other.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Account } from "@/api/shapes";
import { AccountsField } from "@/ui/AccountsField";
import { Segments } from "@/ui/Tabs";
import type { Draft } from "./draft";

interface Props {
  accounts: UseQueryResult<readonly Account[]>;
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
  error: string | null;
}

export function WhereFields({ accounts, draft, onChange, error }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <AccountsField
        accounts={accounts}
        chosen={draft.accounts}
        onChange={(chosen) => onChange({ accounts: chosen })}
        error={error}
      />
      {draft.accounts.length > 1 && draft.kind !== "slots" && (
        <Segments
          label="Pattern of accounts"
          className="self-start"
          value={draft.pattern}
          onChange={(pattern) => onChange({ pattern })}
          options={[
            { value: "each", label: "Each time on all" },
            { value: "rotate", label: "In turn" },
          ]}
        />
      )}
      <Segments
        label="When a time is missed"
        className="self-start"
        value={draft.misfire}
        onChange={(misfire) => onChange({ misfire })}
        options={[
          { value: "ask", label: "Ask about missed times" },
          { value: "skip", label: "Skip missed times" },
        ]}
      />
    </div>
  );
}
