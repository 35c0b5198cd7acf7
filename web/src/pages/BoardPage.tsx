// What waits for me, and what happens next?
import { useQuery } from "@tanstack/react-query";
import { charactersQuery } from "@/api/characters";
import { contentsQuery } from "@/api/contents";
import { postsQuery } from "@/api/posts";
import { useScope } from "@/api/scope";
import { CallBoard } from "@/features/board/CallBoard";
import { boardAnswer, sortBoard } from "@/features/board/sort";
import { HubAlarms } from "@/features/phones/HubAlarms";
import { LostPhones } from "@/features/phones/LostPhones";
import { ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";

export function BoardPage() {
  const { clientId: client } = useScope();
  const contents = useQuery(contentsQuery({ client }));
  const posts = useQuery(postsQuery({ client }));
  const characters = useQuery(charactersQuery(client));
  const error = contents.error ?? posts.error ?? characters.error;
  const retry = () => [contents, posts, characters].forEach((one) => one.error && void one.refetch());

  const board = contents.data && posts.data ? sortBoard(contents.data, posts.data) : null;
  const bare = board && contents.data?.length === 0 && posts.data?.length === 0;
  const answer = board && !bare ? boardAnswer(board) : undefined;

  return (
    <Page title="Board" answer={answer} acts={!bare && <ButtonLink to="/make">Make a video</ButtonLink>}>
      <Body>
        <HubAlarms className="mb-5" />
        <LostPhones client={client} className="mb-5" />
        {error && <ErrorNote className="mb-4" error={error} onRetry={retry} />}
        {!board && !error && <SkeletonRows rows={7} />}
        {bare && characters.data && (characters.data.length === 0 ? <NobodyYet /> : <NothingYet />)}
        {board && !bare && <CallBoard board={board} />}
      </Body>
    </Page>
  );
}

function NobodyYet() {
  return (
    <EmptyState
      picture="mask"
      title="The green room is empty"
      act={
        <ButtonLink tone="go" to="/cast" search={{ create: true }}>
          Make a character
        </ButtonLink>
      }
    >
      A character speaks in your videos, with one face and one voice, and says openly that it is AI. Make one, then give
      it something to say.
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState
      picture="board"
      title="Nothing is on the board yet"
      act={
        <ButtonLink tone="go" to="/make">
          Make the first video
        </ButtonLink>
      }
    >
      Write a topic, wait a minute, look at the video and say go. What waits for you will then stand here.
    </EmptyState>
  );
}
