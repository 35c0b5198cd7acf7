// Invites a person or changes what they may do. An invitation ends with a link that works once.
import { useState } from "react";
import { useChangeUser, useInviteUser, useUserLink } from "@/api/people";
import { ApiProblem, isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Access, Role, User } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { say } from "@/ui/Toast";
import { AccessFields } from "./AccessFields";
import { OnceLinkBox } from "./OnceLinkBox";
import { ROLES } from "./words";

export function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { session } = useScope();
  const invite = useInviteUser();
  const change = useChangeUser();
  const renew = useUserLink();
  const sent = user ? change : invite;
  const [name, setName] = useState(user?.name ?? "");
  const [email, setEmail] = useState(user?.email ?? "");
  const [role, setRole] = useState<Role>(user?.role ?? "member");
  const [access, setAccess] = useState<Access[]>(
    user?.access ?? session.clients.slice(0, 1).map((one) => ({ client_id: one.id, level: "full" })),
  );
  const [disabled, setDisabled] = useState(user?.status === "disabled");
  const fields = sent.error instanceof ApiProblem ? sent.error.fields : {};
  const link = invite.data?.link ?? renew.data?.link;
  const self = user?.id === session.user.id;
  const roles = (Object.keys(ROLES) as Role[]).filter((one) => one !== "super" || session.user.role === "super");

  const send = () => {
    if (!user)
      return invite.mutate({ name: name.trim(), email: email.trim(), role, access: role === "super" ? [] : access });
    const status =
      user.status === "invited" && !disabled ? undefined : disabled ? ("disabled" as const) : ("active" as const);
    change.mutate(
      { id: user.id, version: user.version, name: name.trim(), role, access, status },
      {
        onSuccess: () => {
          say("Saved.");
          onClose();
        },
      },
    );
  };

  if (link)
    return <Linked title={user ? "A new link" : `${name} is invited`} link={link} name={name} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={user ? "Change a user" : "Invite somebody"}
      about={user ? user.email : "They get a link from you and choose their own password."}
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-5">
          <Field label="Name" error={fields.name}>
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                name="name"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          {!user && (
            <Field label="E-mail" error={fields.email}>
              {(tied) => (
                <TextInput
                  {...tied}
                  type="email"
                  name="email"
                  value={email}
                  onChange={(event) => setEmail(event.target.value)}
                />
              )}
            </Field>
          )}
          <Field label="Role" hint={ROLES[role].about} error={fields.role}>
            {(tied) => (
              <Select
                {...tied}
                name="role"
                value={role}
                disabled={self}
                options={roles.map((one) => ({ value: one, label: ROLES[one].name }))}
                onChange={(event) => setRole(event.target.value as Role)}
              />
            )}
          </Field>
          {role !== "super" && <AccessFields access={access} onChange={setAccess} error={fields.access} />}
          {user && !self && (
            <SignInPart
              disabled={disabled}
              onDisabled={setDisabled}
              busy={renew.isPending}
              onLink={() => renew.mutate(user.id)}
            />
          )}
          {renew.error && <ErrorNote error={renew.error} />}
          {sent.error && (
            <ErrorNote
              error={
                isStatus(sent.error, 412)
                  ? "Somebody changed this person meanwhile. Close, look, and try again."
                  : sent.error
              }
            />
          )}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={sent.isPending}>
            {user ? "Save" : "Invite"}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

function Linked({ title, link, name, onClose }: { title: string; link: string; name: string; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={title}>
      <DialogBody>
        <OnceLinkBox link={link} name={name} />
      </DialogBody>
      <DialogFoot>
        <Button tone="go" onClick={onClose}>
          Done
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

interface SignInProps {
  disabled: boolean;
  onDisabled: (disabled: boolean) => void;
  busy: boolean;
  onLink: () => void;
}

/** Whether a person may sign in, and a way back in. */
function SignInPart({ disabled, onDisabled, busy, onLink }: SignInProps) {
  return (
    <>
      <Checkbox
        checked={disabled}
        onChange={(event) => onDisabled(event.target.checked)}
        label="Disabled"
        hint="Can't sign in, and open sessions end."
      />
      <div className="flex flex-col items-start gap-1">
        <Button small busy={busy} onClick={onLink}>
          Make a new password link
        </Button>
        <p className="text-sm text-ink-3">The old password works until the link is used.</p>
      </div>
    </>
  );
}
