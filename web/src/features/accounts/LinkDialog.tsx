// Link an account: on Bluesky with an app password, on Mastodon by signing in on its server.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBeginLink, useLinkAccount } from "@/api/accounts";
import { charactersQuery } from "@/api/characters";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { say } from "@/ui/Toast";

export function LinkDialog({ onClose }: { onClose: () => void }) {
  const { session, clientId } = useScope();
  const link = useLinkAccount();
  const leave = useBeginLink();
  const [platform, setPlatform] = useState("bluesky");
  const characters = useQuery(charactersQuery(clientId));
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [service, setService] = useState("");
  const [character, setCharacter] = useState("");
  const [client, setClient] = useState(clientId ?? session.clients[0]?.id ?? "");
  const [established, setEstablished] = useState(false);
  const [tried, setTried] = useState(false);
  const error = platform === "mastodon" ? leave.error : link.error;
  const fields = error instanceof ApiProblem ? error.fields : {};
  const asked = Object.keys(fields).some((name) => ["identifier", "password", "service"].includes(name));

  const send = () => {
    setTried(true);
    const whose = { client: character ? undefined : client, character_id: character || null, established };
    if (platform === "mastodon") {
      if (service.trim().length < 3) return;
      leave.mutate(
        { ...whose, platform: "mastodon", service: service.trim() },
        { onSuccess: ({ address }) => window.location.assign(address) },
      );
      return;
    }
    if (identifier.trim().length < 3 || !password) return;
    link.mutate(
      {
        ...whose,
        platform: "bluesky",
        identifier: identifier.trim(),
        password,
        service: service.trim() || null,
      },
      {
        onSuccess: (account) => {
          say(`${account.name} is linked.`);
          onClose();
        },
      },
    );
  };

  return (
    <Dialog open onClose={onClose} title="Link an account" about="Planned posts then go out there by themselves.">
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-5">
          <Field label="Platform">
            {(tied) => (
              <Select
                {...tied}
                value={platform}
                onChange={(event) => setPlatform(event.target.value)}
                options={[
                  { value: "bluesky", label: "Bluesky" },
                  { value: "mastodon", label: "Mastodon" },
                ]}
              />
            )}
          </Field>
          {platform === "mastodon" && (
            <Field
              label="Server"
              hint="Its name, such as mastodon.social, or the account’s whole handle. You sign in there and come back."
              error={(tried && service.trim().length < 3 ? "Write the server’s name." : null) ?? fields.service}
            >
              {(tied) => (
                <TextInput
                  {...tied}
                  autoFocus
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  value={service}
                  onChange={(event) => setService(event.target.value)}
                />
              )}
            </Field>
          )}
          {platform === "bluesky" && (
            <>
              <Field
                label="Handle"
                hint="As it stands on the profile, such as mara.bsky.social; a DID also works."
                error={
                  (tried && identifier.trim().length < 3 ? "Write the account’s handle." : null) ?? fields.identifier
                }
              >
                {(tied) => (
                  <TextInput
                    {...tied}
                    autoFocus
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    value={identifier}
                    onChange={(event) => setIdentifier(event.target.value)}
                  />
                )}
              </Field>
              <Field
                label="App password"
                hint="Made on Bluesky under Settings, Privacy and security, App passwords. Not the password you sign in with."
                error={(tried && !password ? "Paste the app password." : null) ?? fields.password}
              >
                {(tied) => (
                  <TextInput
                    {...tied}
                    type="password"
                    autoComplete="off"
                    value={password}
                    onChange={(event) => setPassword(event.target.value)}
                  />
                )}
              </Field>
            </>
          )}
          <Field label="Character" hint="Its videos are offered this account first." error={fields.character_id}>
            {(tied) => (
              <Select
                {...tied}
                value={character}
                onChange={(event) => setCharacter(event.target.value)}
                options={[
                  { value: "", label: "none" },
                  ...(characters.data ?? []).map((one) => ({ value: one.id, label: one.name })),
                ]}
              />
            )}
          </Field>
          {!clientId && !character && session.clients.length > 1 && (
            <Field label="Client">
              {(tied) => (
                <Select
                  {...tied}
                  value={client}
                  onChange={(event) => setClient(event.target.value)}
                  options={session.clients.map((one) => ({ value: one.id, label: one.name }))}
                />
              )}
            </Field>
          )}
          {platform === "bluesky" && (
            <Field label="Server" hint="Leave it empty to have it looked up by the handle." error={fields.service}>
              {(tied) => (
                <TextInput
                  {...tied}
                  inputMode="url"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder="https://"
                  value={service}
                  onChange={(event) => setService(event.target.value)}
                />
              )}
            </Field>
          )}
          <Checkbox
            name="established"
            checked={established}
            onChange={(event) => setEstablished(event.target.checked)}
            label="It is established"
            hint="It has posted for months. A new account begins slowly: one post a day for a week, two for a week, three for two weeks."
          />
          {error && !asked && <ErrorNote error={error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={link.isPending || leave.isPending}>
            {platform === "mastodon" ? "Sign in there" : "Link the account"}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
