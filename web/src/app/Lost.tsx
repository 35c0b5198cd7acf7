// Pages for when there is no page: a wrong address, no permission, no server, a fault of ours.
import { useQueryClient } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import clsx from "clsx";
import type { ReactNode } from "react";
import { isStatus, sayError, Unreachable } from "@/api/problem";
import { useAtDesk } from "@/api/scope";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

export function NotFoundPage() {
  return (
    <Alone>
      <EmptyState
        whole
        picture="door"
        title="There is nothing behind this door"
        act={
          <ButtonLink to="/" tone="go">
            To the board
          </ButtonLink>
        }
      >
        The address is wrong, or what was here is gone or belongs to a client that you have no access to.
      </EmptyState>
    </Alone>
  );
}

export function LostPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const cache = useQueryClient();
  const again = () => {
    cache.removeQueries({ predicate: (query) => query.state.status === "error" });
    reset();
    void router.invalidate();
  };
  if (isStatus(error, 404)) return <NotFoundPage />;
  if (isStatus(error, 403)) {
    return (
      <Alone>
        <EmptyState
          whole
          picture="key"
          title="This room is not yours to enter"
          act={
            <ButtonLink to="/" tone="go">
              To the board
            </ButtonLink>
          }
        >
          {error.message}
        </EmptyState>
      </Alone>
    );
  }
  const away = error instanceof Unreachable;
  return (
    <Alone>
      <EmptyState
        whole
        picture="cable"
        title={away ? "Greenroom does not answer" : "This page stumbled"}
        act={
          <Button tone="go" onClick={away ? again : () => location.reload()}>
            {away ? "Try again" : "Reload the page"}
          </Button>
        }
      >
        {away ? "The server is not running or the way to it is cut. Nothing you saved is lost." : sayError(error)}
      </EmptyState>
    </Alone>
  );
}

/** Everything on the page; the frame of the desk has its own main. */
function Alone({ children }: { children: ReactNode }) {
  const atDesk = useAtDesk();
  const Frame = atDesk ? "div" : "main";
  return (
    <Frame className={clsx("grid flex-1 place-items-center", atDesk ? "min-h-full" : "min-h-dvh")}>{children}</Frame>
  );
}

export function WaitingPage() {
  return (
    <div role="status" className="grid flex-1 place-items-center p-10 text-ink-3">
      One moment…
    </div>
  );
}
