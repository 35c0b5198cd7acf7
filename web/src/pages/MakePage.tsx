// What should be made?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { charactersQuery } from "@/api/characters";
import { useScope } from "@/api/scope";
import { BriefForm } from "@/features/make/BriefForm";
import { RunningList } from "@/features/make/RunningList";
import { WhatHappens } from "@/features/make/WhatHappens";
import { ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Body, Page, Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";

export function MakePage() {
  const navigate = useNavigate();
  const { clientId } = useScope();
  const { character, topic } = useSearch({ from: "/desk/make" });
  const characters = useQuery(charactersQuery(clientId));
  return (
    <Page title="Make" answer="What should be said, by whom, how long?">
      <Body>
        {characters.error && <ErrorNote error={characters.error} onRetry={() => void characters.refetch()} />}
        {characters.isPending && <SkeletonRows />}
        {characters.data?.length === 0 && (
          <EmptyState
            picture="stage"
            title="Nobody can speak yet"
            act={
              <ButtonLink tone="go" to="/cast" search={{ create: true }}>
                Make a character
              </ButtonLink>
            }
          >
            A video needs someone to speak it. Make a character first; it takes a minute.
          </EmptyState>
        )}
        {characters.data && characters.data.length > 0 && (
          <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,42rem)_minmax(16rem,24rem)]">
            <BriefForm
              key={clientId ?? "all"}
              characters={characters.data}
              character={character}
              topic={topic}
              onMade={(contentId) => void navigate({ to: "/make/$contentId", params: { contentId } })}
            />
            <div className="flex min-w-0 flex-col gap-8">
              <RunningList />
              <Section title="What happens then">
                <div className="border-t">
                  <WhatHappens />
                </div>
              </Section>
            </div>
          </div>
        )}
      </Body>
    </Page>
  );
}
