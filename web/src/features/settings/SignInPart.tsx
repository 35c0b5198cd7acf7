// How I sign in, and where I am signed in.
import { useQuery } from "@tanstack/react-query";
import { waysQuery } from "@/api/sign-in";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { AppPart } from "./AppPart";
import { ChangePassword } from "./ChangePassword";
import { PasskeysPart } from "./PasskeysPart";
import { ProvidersPart } from "./ProvidersPart";
import { SessionsPart } from "./SessionsPart";

export function SignInPart() {
  const ways = useQuery(waysQuery);
  const since = ways.data?.authenticator_since ?? null;
  return (
    <div className="flex flex-col gap-8">
      <SessionsPart />
      {ways.error && <ErrorNote error={ways.error} onRetry={() => void ways.refetch()} />}
      {ways.isPending && <SkeletonRows rows={3} />}
      {ways.data && (
        <>
          <PasskeysPart passkeys={ways.data.passkeys} withCode={since !== null} />
          <ProvidersPart known={ways.data.providers} others={ways.data.providers_to_tie} withCode={since !== null} />
          <AppPart since={since} codesLeft={ways.data.recovery_codes_left} />
        </>
      )}
      <ChangePassword />
    </div>
  );
}
