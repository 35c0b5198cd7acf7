// A service key: added, replaced, switched off, given an end, lent to clients, deleted. What is kept is never shown.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "@/api/people";
import { ApiProblem, isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import {
  type Service,
  type ServiceKey,
  type ServiceShare,
  useChangeServiceKey,
  useCreateServiceKey,
  useDeleteServiceKey,
  useShareServiceKey,
} from "@/api/service-keys";
import { instantOf, wallAt } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { Confirm, Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, Group, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { Select } from "@/ui/Select";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";

const HOUSE = "";

export function ServiceKeyDialog(props: {
  kept: ServiceKey | null;
  keys: readonly ServiceKey[];
  services: readonly Service[];
  shares: readonly ServiceShare[];
  onClose: () => void;
}) {
  const { kept, services, shares, onClose } = props;
  const { session, zone } = useScope();
  const create = useCreateServiceKey();
  const change = useChangeServiceKey();
  const remove = useDeleteServiceKey();
  const share = useShareServiceKey();
  const isSuper = session.user.role === "super";
  const managed = session.clients.filter((one) => one.permissions.includes("manage"));
  const ended = kept?.expires_at ? wallAt(new Date(kept.expires_at), zone).day : "";
  const [owner, setOwner] = useState(kept ? (kept.client_id ?? HOUSE) : isSuper ? HOUSE : (managed[0]?.id ?? HOUSE));
  const isTaken = (id: string) => props.keys.some((one) => one.service === id && (one.client_id ?? HOUSE) === owner);
  const [service, setService] = useState(
    () => kept?.service ?? (services.find((one) => !isTaken(one.id)) ?? services[0])?.id ?? "",
  );
  const [value, setValue] = useState("");
  const [day, setDay] = useState(ended);
  const [active, setActive] = useState(kept?.active ?? true);
  const [lent, setLent] = useState<ReadonlySet<string> | null>(null);
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);

  const shown = services.find((one) => one.id === service);
  const lentNow = new Set(shares.filter((one) => one.service === service).map((one) => one.client_id));
  const lentTo = lent ?? lentNow;
  const taken = !kept && !create.data && isTaken(service);
  const sent = kept ? change : create;
  const fields = sent.error instanceof ApiProblem ? sent.error.fields : {};
  const failure = share.error ?? (Object.keys(fields).length === 0 ? sent.error : null);
  const missing = !kept && value.trim() === "";

  const send = async () => {
    setTried(true);
    if (missing || taken) return;
    const expires_at = day ? instantOf({ day, time: "23:59" }, zone).instant.toISOString() : null;
    const client_id = owner === HOUSE ? null : owner;
    const dated = value || day !== ended ? { expires_at } : {};
    try {
      if (kept)
        await change.mutateAsync({ ...stateOf(change.data ?? kept), ...dated, ...(value ? { value } : {}), active });
      else if (!create.data) await create.mutateAsync({ service, value, client_id, expires_at });
      if (owner === HOUSE)
        for (const { id } of session.clients)
          if (lentTo.has(id) !== lentNow.has(id))
            await share.mutateAsync({ client: id, service, shared: lentTo.has(id) });
    } catch {
      return; // each act shows its own error below
    }
    say("Saved.");
    onClose();
  };

  if (deleting && kept)
    return (
      <Confirm
        open
        title={`Delete the key of ${shown?.name ?? service}?`}
        about="Greenroom forgets it at once and for good; what needs it stops until there is another one."
        verb="Delete the key"
        onClose={() => setDeleting(false)}
        act={() => remove.mutateAsync(kept.id).then(() => (say("The key is deleted."), onClose()))}
      />
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={kept ? `The key of ${shown?.name ?? service}` : "A new service key"}
      about={kept ? <Made kept={kept} /> : "It is kept sealed, used by Greenroom only, and never shown again."}
    >
      <DialogForm onSubmit={() => void send()}>
        <DialogBody className="flex flex-col gap-5">
          {!kept && (
            <>
              <Field label="Service" hint={shown?.about} error={fields.service}>
                {(tied) => (
                  <Select
                    {...tied}
                    value={service}
                    onChange={(event) => {
                      setService(event.target.value);
                      setLent(null);
                    }}
                    options={services.map((one) => ({ value: one.id, label: one.name }))}
                  />
                )}
              </Field>
              <Field
                label="Whose"
                hint="A client’s own key comes first, the organisation’s where the client may use it."
                error={taken ? "There is a key of this service already; change that one." : fields.client_id}
              >
                {(tied) => (
                  <Select
                    {...tied}
                    value={owner}
                    onChange={(event) => setOwner(event.target.value)}
                    options={[
                      ...(isSuper ? [{ value: HOUSE, label: `${session.organisation.name} (organisation)` }] : []),
                      ...managed.map((one) => ({ value: one.id, label: one.name })),
                    ]}
                  />
                )}
              </Field>
            </>
          )}
          <PasswordField
            label={kept ? "New key" : "Key"}
            kind="key"
            hint={kept ? `Leave it empty to keep the present one${kept.hint && `, ${kept.hint}`}.` : undefined}
            error={(tried && missing ? "Paste the key." : null) ?? fields.value}
            value={value}
            onChange={setValue}
          />
          <Field
            label="Last day"
            hint="As the service says; empty for none. You are warned two weeks before."
            error={fields.expires_at}
          >
            {(tied) => (
              <TextInput
                {...tied}
                type="date"
                className="max-w-48"
                value={day}
                onChange={(event) => setDay(event.target.value)}
              />
            )}
          </Field>
          {kept && (
            <Checkbox
              label="In use"
              hint="Switched off, it is kept and not used."
              checked={active}
              onChange={(event) => setActive(event.target.checked)}
            />
          )}
          {owner === HOUSE && (
            <Group label="Clients that may use it">
              {session.clients.map((one) => (
                <Checkbox
                  key={one.id}
                  label={<span dir="auto">{one.name}</span>}
                  checked={lentTo.has(one.id)}
                  onChange={(event) => {
                    const next = new Set(lentTo);
                    if (event.target.checked) next.add(one.id);
                    else next.delete(one.id);
                    setLent(next);
                  }}
                />
              ))}
            </Group>
          )}
          {failure && (
            <ErrorNote
              error={
                isStatus(failure, 412)
                  ? "Somebody else changed this key meanwhile. Close this and open it again."
                  : failure
              }
            />
          )}
        </DialogBody>
        <DialogFoot>
          {kept && (
            <Button tone="danger" className="mr-auto" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={sent.isPending || share.isPending}>
            {kept ? "Save" : "Keep the key"}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

const stateOf = ({ id, version }: ServiceKey) => ({ id, version });

function Made({ kept }: { kept: ServiceKey }) {
  const users = useQuery(usersQuery);
  const maker = users.data?.find((one) => one.id === kept.made_by)?.name;
  return (
    <>
      Added <Time at={kept.created_at} />
      {maker && (
        <>
          , last entered by <span dir="auto">{maker}</span>
        </>
      )}
      ; last used {kept.last_used_at ? <Time at={kept.last_used_at} /> : "never"}.
    </>
  );
}
