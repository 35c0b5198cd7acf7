// What can go wrong when the server is asked: it answers with a problem, or it cannot be reached.

/** A problem document (RFC 9457) from the server. `message` says what to do. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly title: string,
    detail: string,
    readonly fields: Readonly<Record<string, string>> = {},
    /** What the answer holds beyond these. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail || title);
    this.name = "ApiProblem";
  }
}

/** No answer came: the server is down or the way to it is. */
export class Unreachable extends Error {
  constructor() {
    super("Greenroom does not answer. Check that it is running and that you are connected, then try again.");
    this.name = "Unreachable";
  }
}

export function isStatus(error: unknown, ...statuses: number[]): error is ApiProblem {
  return error instanceof ApiProblem && statuses.includes(error.status);
}

/** A field that says: send it with `again`, if it is wanted nonetheless. */
export function asksAgain(fields: Readonly<Record<string, string>> | undefined): boolean {
  return fields !== undefined && "again" in fields;
}

/** The account has the same already, or near; a person may want it there nonetheless. */
export function isTwin(error: unknown): error is ApiProblem {
  return isStatus(error, 409) && asksAgain(error.fields);
}

/** What to tell a person about any error. */
export function sayError(error: unknown): string {
  if (error instanceof ApiProblem || error instanceof Unreachable) return error.message;
  return "Something went wrong in this page. Reload it; if it comes back, tell who runs Greenroom.";
}

/** Reads whatever body came with a failing status. Takes field errors as a map or as a list of {field, message}. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const doc = isRecord(body) ? body : {};
  const title = text(doc.title) || `The server answered ${status}`;
  const detail = text(doc.detail) || fallback(status);
  return new ApiProblem(status, text(doc.type), title, detail, fieldsOf(doc.errors), doc);
}

function fieldsOf(errors: unknown): Record<string, string> {
  if (Array.isArray(errors)) {
    const pairs = errors.filter(isRecord).map((one) => {
      const field = text(one.field) || text(one.pointer).replace(/^.*[/.]/, "") || text(one.loc);
      return [field, text(one.message) || text(one.detail)] as const;
    });
    return Object.fromEntries(pairs.filter(([field]) => field !== ""));
  }
  if (!isRecord(errors)) return {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.map(text).join(" ") : text(value),
    ]),
  );
}

function fallback(status: number): string {
  if (status === 403) return "You may not do this here. Ask an administrator for access.";
  if (status === 404) return "It is not here, or no longer.";
  if (status === 413) return "That is too large to be taken.";
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  if (status >= 500) return "Greenroom failed to do that. Try again in a moment.";
  return "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
