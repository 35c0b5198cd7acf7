// What the audit trail's actions and values are called.
import { exact } from "@/lib/moments";

const ACTIONS: Readonly<Record<string, string>> = {
  "organisation.changed": "changed the organisation",
  "client.created": "added a client",
  "client.changed": "changed a client",
  "user.invited": "invited somebody",
  "user.changed": "changed somebody’s access",
  "user.link_renewed": "renewed somebody’s link",
  "user.profile_changed": "changed their profile",
  "sign_in.app_added": "set up an authenticator app",
  "sign_in.app_removed": "removed their authenticator app",
  "sign_in.recovery_codes_renewed": "renewed their recovery codes",
  "sign_in.passkey_added": "added a passkey",
  "sign_in.passkey_removed": "removed a passkey",
  "sign_in.provider_tied": "came in by single sign-on for the first time",
  "sign_in.provider_untied": "untied somebody from an identity provider",
  "user.let_in": "let a new person in by single sign-on",
  "identity_provider.added": "added an identity provider",
  "identity_provider.changed": "changed an identity provider",
  "identity_provider.removed": "removed an identity provider",
  "token.created": "made an API token",
  "token.ended": "ended an API token",
  "service_key.added": "added a service key",
  "service_key.changed": "changed a service key",
  "service_key.replaced": "replaced a service key",
  "service_key.deleted": "deleted a service key",
  "service_key.shared": "let a client use the organisation’s key",
  "service_key.unshared": "no longer lets a client use the organisation’s key",
  "webhook.created": "made a webhook",
  "webhook.changed": "changed a webhook",
  "webhook.secret_rotated": "gave a webhook another secret",
  "webhook.disabled": "switched a webhook off",
  "webhook.deleted": "deleted a webhook",
  "character.created": "made a character",
  "character.changed": "changed a character",
  "content.approved": "approved a video",
  "content.sent_back": "asked for changes to a video",
  "post.planned": "planned a post",
  "post.changed": "changed a post",
  "phone.changed": "changed a phone",
  "phone.given": "gave a phone to another client",
  "phone.broken_in": "took a phone over from its holder",
  "phone.rebooted": "restarted a phone",
  "phone.app_installed": "installed an app on a phone",
  "agent.added": "made a code for an agent",
  "agent.enrolled": "enrolled an agent",
  "agent.revoked": "shut an agent out",
  "attended_app.added": "added an attended app",
  "attended_app.removed": "removed an attended app",
};

/** What was done, in words; an action without any is read from its name. */
export function actionWords(action: string): string {
  return ACTIONS[action] ?? action.replace(/[._]/g, " ");
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** A value as it stood there: moments as `zone`'s clock shows them, other text as it is, everything else as JSON. */
export function sideWords(value: unknown, zone: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? exact(new Date(value), zone) : value;
}
