// How far is this video?
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { contentQuery } from "@/api/contents";
import { isStatus } from "@/api/problem";
import { NotFoundPage } from "@/app/Lost";
import { Making } from "@/features/make/Making";
import { ButtonLink } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";

export function MakingPage() {
  const { contentId } = useParams({ from: "/desk/make/$contentId" });
  const content = useQuery(contentQuery(contentId));
  if (isStatus(content.error, 404)) return <NotFoundPage />;
  return (
    <Page
      title="Make"
      answer={
        content.data && (
          <span dir="auto" className="line-clamp-1">
            {content.data.topic}
          </span>
        )
      }
      acts={<ButtonLink to="/make">Make another</ButtonLink>}
    >
      <Body>
        {content.error && <ErrorNote error={content.error} onRetry={() => void content.refetch()} />}
        {content.isPending && <SkeletonRows rows={6} />}
        {content.data && <Making content={content.data} />}
      </Body>
    </Page>
  );
}
