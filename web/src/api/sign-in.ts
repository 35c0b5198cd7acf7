// Steps of a sign-in beyond the password, and one's own ways to sign in.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import { ApiProblem } from "./problem";
import type { components } from "./schema";
import { useSessionFrom } from "./session";

type Bodies = components["schemas"];
export type OpenSession = Bodies["OpenSession"];
export type Passkey = Bodies["Passkey"];

/** The challenge of a sign-in whose password was right and that needs a code too; else null. */
export function challengeOf(error: unknown): string | null {
  if (!(error instanceof ApiProblem) || !error.type.endsWith("/second-factor")) return null;
  return typeof error.more.challenge === "string" ? error.more.challenge : null;
}

/** Whether the server wants the password again before it changes how one signs in. */
export const isConfirmFirst = (error: unknown): boolean =>
  error instanceof ApiProblem && error.type.endsWith("/confirm-first");

export const useSecondStep = () =>
  useSessionFrom((body: Bodies["SecondStep"]) => ask(api.POST("/api/v1/session/second-factor", { body })));

/** Browsers allow passkeys under a name, over TLS or on the same machine. */
export const passkeysPossible = (): boolean =>
  window.isSecureContext &&
  typeof PublicKeyCredential === "function" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname);

export const usePasskeySignIn = () =>
  useSessionFrom(async () => {
    const { options } = await ask(api.POST("/api/v1/session/passkey/options"));
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    );
    const credential = json(await navigator.credentials.get({ publicKey }));
    return ask(api.POST("/api/v1/session/passkey", { body: { credential } }));
  });

export const waysQuery = queryOptions({
  queryKey: ["sign-in-ways"],
  queryFn: () => ask(api.GET("/api/v1/profile/sign-in")),
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/sessions", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

const useSignInChange = <Output, Input = void>(change: (input: Input) => Promise<Output>) =>
  useChange(change, ["sign-in-ways", "sessions"]);

export const useEndSession = () =>
  useSignInChange((id: string) =>
    ask(api.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id: id } } })),
  );

export const useEndOthers = () => useSignInChange(() => ask(api.DELETE("/api/v1/sessions")));

export const useConfirmSession = () =>
  useSignInChange((body: Bodies["Confirmation"]) => ask(api.POST("/api/v1/session/confirm", { body })));

export const useChangePassword = () =>
  useSignInChange((body: Bodies["PasswordChange"]) => ask(api.POST("/api/v1/profile/password", { body })));

export const useBeginApp = () => useSignInChange(() => ask(api.POST("/api/v1/profile/authenticator")));

export const useFinishApp = () =>
  useSignInChange((code: string) => ask(api.POST("/api/v1/profile/authenticator/confirm", { body: { code } })));

export const useRemoveApp = () => useSignInChange(() => ask(api.DELETE("/api/v1/profile/authenticator")));

export const useRenewCodes = () => useSignInChange(() => ask(api.POST("/api/v1/profile/recovery-codes")));

export const useAddPasskey = () =>
  useSignInChange(async (name: string) => {
    const { options } = await ask(api.POST("/api/v1/profile/passkeys/options"));
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    );
    const credential = json(await navigator.credentials.create({ publicKey }));
    return ask(api.POST("/api/v1/profile/passkeys", { body: { name, credential } }));
  });

export const useRenamePasskey = () =>
  useSignInChange(({ id, version, name }: { id: string; version: number; name: string }) =>
    ask(
      api.PATCH("/api/v1/profile/passkeys/{passkey_id}", {
        params: { path: { passkey_id: id }, header: ifMatch(version) },
        body: { name },
      }),
    ),
  );

export const useRemovePasskey = () =>
  useSignInChange((id: string) =>
    ask(api.DELETE("/api/v1/profile/passkeys/{passkey_id}", { params: { path: { passkey_id: id } } })),
  );

/** Whether a person closed the browser's own window; that is no failure. */
export const isCalledOff = (error: unknown): boolean =>
  error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);

function json(credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException("No passkey was given", "AbortError");
  return credential.toJSON() as unknown as Record<string, unknown>;
}
