// In place of the phones where none is shown: why, and what this person can do about it.
import type { ReactNode } from "react";
import { useScope } from "@/api/scope";
import { ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { lackOf } from "./lack";

/** `others`: how many phones the person sees that are not the chosen client's; `hint` stands below the sentence. */
export function NoPhones({ others, hint }: { others: number; hint?: ReactNode }) {
  const { session, client } = useScope();
  const { title, words, way } = lackOf(session, client?.name, others);
  return (
    <EmptyState
      picture={way === "phones of others" ? "shelves" : "cable"}
      title={title}
      act={
        way === "agents" ? (
          <ButtonLink tone="go" to="/phones/agents">
            Set up an agent
          </ButtonLink>
        ) : (
          way && (
            <ButtonLink to="/phones/list" search={{ client: undefined }}>
              Show all phones
            </ButtonLink>
          )
        )
      }
    >
      {words}
      {way === "agents" && hint}
    </EmptyState>
  );
}
