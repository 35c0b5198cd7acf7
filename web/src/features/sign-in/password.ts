// What a new password has to be; the server has the last word.
export const SHORTEST = 10;

/** Null when it is good enough to be sent. */
export function passwordFault(password: string, email = ""): string | null {
  if ([...password].length < SHORTEST) return `Take at least ${SHORTEST} characters; a few words are easy to keep.`;
  const name = email.split("@")[0] ?? "";
  if (name.length > 3 && password.toLowerCase().includes(name.toLowerCase()))
    return "It should not contain your e-mail address.";
  if (new Set(password).size < 4) return "That is the same few characters over and over.";
  return null;
}
