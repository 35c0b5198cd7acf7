// What the audit trail's actions and values are called.
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
  "token.created": "made an API token",
  "token.ended": "ended an API token",
  "character.created": "made a character",
  "character.changed": "changed a character",
  "content.approved": "approved a video",
  "content.sent_back": "asked for changes to a video",
  "post.planned": "planned a post",
  "post.changed": "changed a post",
};

/** What was done, in words; an action without any is read from its name. */
export function actionWords(action: string): string {
  return ACTIONS[action] ?? action.replace(/[._]/g, " ");
}

/** A value as it stood there: text as it is, everything else as JSON. */
export function sideWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
