// An identity provider: who it is, who we are there, and whom it lets in.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem, isStatus } from "@/api/problem";
import type { Access } from "@/api/shapes";
import { isConfirmFirst, waysQuery } from "@/api/sign-in";
import { type NewProvider, type Provider, useAddProvider, useChangeProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { Select } from "@/ui/Select";
import { say } from "@/ui/Toast";
import { AccessFields } from "./AccessFields";
import { useConfirmed } from "./useConfirmed";
import { ROLES } from "./words";

type NewRole = NonNullable<Provider["new_people"]>["role"];
const NEW_ROLES: readonly NewRole[] = ["member", "viewer", "admin"];

export function ProviderDialog({ provider, onClose }: { provider?: Provider; onClose: () => void }) {
  const add = useAddProvider();
  const change = useChangeProvider();
  const { data: ways } = useQuery(waysQuery);
  const { confirmed, dialog } = useConfirmed(!!ways?.authenticator_since);
  const [form, setForm] = useState(() => begun(provider));
  const sent = provider ? change : add;
  const error = isConfirmFirst(sent.error) ? null : sent.error;
  const fields = error instanceof ApiProblem ? error.fields : {};
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const tieError = Object.entries(fields).find(([name]) => name.startsWith("tie_domains"))?.[1];
  const domainsError = Object.entries(fields).find(([name]) => name.startsWith("new_people"))?.[1];

  const send = () =>
    confirmed(async () => {
      const body = bodyOf(form);
      await (provider
        ? change.mutateAsync({ id: provider.id, version: provider.version, ...body })
        : add.mutateAsync(body));
      say(provider ? "Saved." : "The provider is added. Check it before people are sent there.");
      onClose();
    });

  const text = (name: "name" | "issuer" | "oauth_client_id", label: string, hint?: string) => (
    <Field label={label} hint={hint} error={fields[name]}>
      {(tied) => (
        <TextInput {...tied} name={name} value={form[name]} onChange={(event) => set({ [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={provider ? "Change the provider" : "A new identity provider"}
      about="It speaks OpenID Connect: Keycloak, Entra, Google, Okta, authentik and others."
    >
      <DialogForm onSubmit={() => void send()}>
        <DialogBody className="flex flex-col gap-5">
          {text("name", "Name", "As it stands on the sign-in page.")}
          {text("issuer", "Issuer", "Exactly as the provider shows it, such as https://id.example.com.")}
          {text("oauth_client_id", "Client ID", "What the provider calls this Greenroom.")}
          <PasswordField
            label="Client secret"
            kind="key"
            hint={provider?.has_secret ? "Empty keeps the one that is here." : "Empty if the provider gave none."}
            error={fields.secret}
            value={form.secret}
            onChange={(secret) => set({ secret })}
          />
          <div className="flex flex-col gap-3">
            <Checkbox
              label="On"
              hint="People are sent there."
              checked={form.enabled}
              onChange={(event) => set({ enabled: event.target.checked })}
            />
            <Checkbox
              label="On the sign-in page"
              hint="While yours is the only organisation here. By its own address people come in anyhow."
              checked={form.shown}
              onChange={(event) => set({ shown: event.target.checked })}
            />
            <Checkbox
              label="The provider asks for a second factor"
              hint="Then none is asked for here."
              checked={form.trusts_second_factor}
              onChange={(event) => set({ trusts_second_factor: event.target.checked })}
            />
          </div>
          <Field
            label="Tie people of these e-mail domains"
            hint="By their verified address, the first time. Administrators and everybody else tie themselves under Settings, Sign-in."
            error={tieError}
          >
            {(tied) => (
              <TextInput
                {...tied}
                value={form.tie_domains}
                onChange={(event) => set({ tie_domains: event.target.value })}
              />
            )}
          </Field>
          <div className="flex flex-col gap-3">
            <Checkbox
              label="Let in new people"
              hint="Else only who was invited here, by their verified e-mail address."
              checked={form.open}
              onChange={(event) => set({ open: event.target.checked })}
            />
          </div>
          {form.open && (
            <>
              <Field label="Of these e-mail domains" hint="With commas: example.com, example.org." error={domainsError}>
                {(tied) => (
                  <TextInput
                    {...tied}
                    value={form.domains}
                    onChange={(event) => set({ domains: event.target.value })}
                  />
                )}
              </Field>
              <Field label="Their role" hint={ROLES[form.role].about}>
                {(tied) => (
                  <Select
                    {...tied}
                    value={form.role}
                    options={NEW_ROLES.map((one) => ({ value: one, label: ROLES[one].name }))}
                    onChange={(event) => set({ role: event.target.value as NewRole })}
                  />
                )}
              </Field>
              <AccessFields access={form.access} onChange={(access) => set({ access })} />
            </>
          )}
          {error && (
            <ErrorNote
              error={
                isStatus(error, 412) ? "Somebody changed this provider meanwhile. Close, look, and try again." : error
              }
            />
          )}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={sent.isPending}>
            {provider ? "Save" : "Add the provider"}
          </Button>
        </DialogFoot>
      </DialogForm>
      {dialog}
    </Dialog>
  );
}

function begun(provider?: Provider) {
  const access: readonly Access[] = provider?.new_people?.access ?? [];
  return {
    name: provider?.name ?? "",
    issuer: provider?.issuer ?? "",
    oauth_client_id: provider?.oauth_client_id ?? "",
    secret: "",
    enabled: provider?.enabled ?? false,
    shown: provider?.shown ?? false,
    trusts_second_factor: provider?.trusts_second_factor ?? false,
    tie_domains: provider?.tie_domains.join(", ") ?? "",
    open: !!provider?.new_people,
    domains: provider?.new_people?.domains.join(", ") ?? "",
    role: provider?.new_people?.role ?? ("member" as NewRole),
    access,
  };
}

function bodyOf(form: ReturnType<typeof begun>): NewProvider {
  const { secret, open, domains, tie_domains, role, access, ...plain } = form;
  return {
    ...plain,
    name: plain.name.trim(),
    issuer: plain.issuer.trim(),
    oauth_client_id: plain.oauth_client_id.trim(),
    secret: secret || null,
    tie_domains: listed(tie_domains),
    new_people: open ? { domains: listed(domains), role, access: [...access] } : null,
  };
}

const listed = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
