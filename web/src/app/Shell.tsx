// The frame of the desk: rail (bottom bar on a phone), client switcher, commands, and the page.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { onSignedOut } from "@/api/client";
import { listen } from "@/api/live";
import { ScopeProvider } from "@/api/scope";
import { sessionQuery } from "@/api/session";
import { isTyping, underDialog } from "@/lib/listKeys";
import { BottomBar, TopBar } from "./BottomBar";
import { LineNote } from "./LineNote";
import { Rail } from "./Rail";
import { SignInAgain } from "./SignInAgain";

const Palette = lazy(() => import("./Palette").then(({ Palette }) => ({ default: Palette })));

export function Shell() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { client } = useSearch({ strict: false });
  const { data: session } = useQuery(sessionQuery);
  const [asking, setAsking] = useState(false);
  // Who sat here last: when the session ends, the page stays under the dialog that opens it again.
  const [seen, setSeen] = useState(session);
  if (session && session !== seen) setSeen(session);
  const signedIn = session?.user.id;

  useEffect(() => (signedIn ? listen(cache) : undefined), [cache, signedIn]);
  useEffect(() => onSignedOut(() => cache.setQueryData(sessionQuery.queryKey, null)), [cache]);
  useEffect(() => {
    if (!seen && session === null) void navigate({ to: "/sign-in" });
  }, [seen, session, navigate]);
  useAskKey(() => setAsking(true));

  if (!seen) return null;
  const ask = () => setAsking(true);
  return (
    <ScopeProvider session={seen} clientId={client}>
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex min-h-dvh flex-col md:h-dvh md:flex-row">
        <Rail onAsk={ask} />
        <TopBar onAsk={ask} />
        <div className="flex min-w-0 flex-1 flex-col pb-[calc(3.5rem+env(safe-area-inset-bottom))] md:min-h-0 md:pb-0">
          <LineNote />
          <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            <Outlet />
          </main>
        </div>
        <BottomBar />
      </div>
      {asking && (
        <Suspense>
          <Palette open onClose={() => setAsking(false)} />
        </Suspense>
      )}
      <SignInAgain open={session === null} was={seen} />
    </ScopeProvider>
  );
}

/** Ctrl+K anywhere, `/` outside of fields; neither over a dialog. */
function useAskKey(ask: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asks = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!asks && (event.key !== "/" || isTyping(event))) return;
      event.preventDefault();
      if (!underDialog()) ask();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
