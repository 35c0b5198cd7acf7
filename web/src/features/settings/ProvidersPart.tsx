// The identity providers that know me, and those that I could tie my account to.
import { Building2 } from "lucide-react";
import type { ReactNode } from "react";
import { isConfirmFirst } from "@/api/sign-in";
import { useTieProvider } from "@/api/single-sign-on";
import type { components } from "@/api/schema";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { useConfirmed } from "./useConfirmed";

type Known = components["schemas"]["KnownAt"];

export function ProvidersPart(props: { known: readonly Known[]; others: readonly Known[]; withCode: boolean }) {
  const { known, others } = props;
  const tie = useTieProvider();
  const { confirmed, dialog } = useConfirmed(props.withCode);
  if (known.length + others.length === 0) return null;
  return (
    <Section title="Identity providers" count={known.length}>
      {tie.error && !isConfirmFirst(tie.error) && <ErrorNote error={tie.error} />}
      <ul className="flex flex-col">
        {known.map((one) => (
          <Row key={one.id} name={one.name} about="You sign in with it." />
        ))}
        {others.map((one) => (
          <Row key={one.id} name={one.name} about="It doesn't know you yet.">
            <Button
              small
              icon={Building2}
              aria-label={`Tie my account at ${one.name}`}
              busy={(tie.isPending || tie.isSuccess) && tie.variables === one.id}
              onClick={() => void confirmed(() => tie.mutateAsync(one.id))}
            >
              Tie my account
            </Button>
          </Row>
        ))}
      </ul>
      {dialog}
    </Section>
  );
}

function Row({ name, about, children }: { name: string; about: string; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-3 border-b py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p dir="auto" className="line-clamp-2 font-medium wrap-anywhere">
          {name}
        </p>
        <p className="text-sm text-ink-3">{about}</p>
      </div>
      {children}
    </li>
  );
}
