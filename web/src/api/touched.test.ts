import { expect, test } from "vitest";
import type { Content, ContentDetail } from "./shapes";
import { detailWithProgress, type LiveEvent, progressOf, touched, withProgress } from "./touched";

const event = (more: Partial<LiveEvent>): LiveEvent => ({
  kind: "studio.content.changed",
  subject_type: "content",
  subject_id: "c1",
  client_id: "k1",
  message: "",
  severity: "info",
  at: "2026-11-21T09:00:00Z",
  data: null,
  ...more,
});

test.each([
  ["studio.content.changed", [["contents"], ["content", "c1"], ["provenance"]]],
  ["cast.character.created", [["characters"], ["character", "c1"], ["versions", "c1"]]],
  ["planner.post.scheduled", [["posts"], ["post", "c1"], ["insights"], ["accounts"]]],
  ["channels.post.published", [["posts"], ["post", "c1"], ["insights"], ["accounts"]]],
  ["channels.account.moved", [["accounts"], ["links"], ["posts", "room"]]],
  ["tenancy.user.invited", [["session"], ["clients"], ["users"]]],
  ["tenancy.webhook.disabled", [["webhooks"]]],
  ["tenancy.service_key.added", [["service-keys"], ["service-shares"]]],
  ["access.ended", [["session"]]],
  ["job.changed", [["jobs"]]],
])("%s", (kind, keys) => expect(touched(event({ kind }))).toEqual(keys));

test("progress is read from a job's event about a content only", () => {
  const progress = { stage: "render", fraction: 0.4, message: "Scene 3 of 6", eta_seconds: 31 };
  const data = { ...progress, subject_type: "content", subject_id: "c1" };
  expect(progressOf(event({ kind: "job.progress", subject_type: "job", data }))).toEqual({ content: "c1", progress });
  expect(progressOf(event({ kind: "job.progress", data: { ...data, subject_type: "post" } }))).toBeNull();
  expect(progressOf(event({ data }))).toBeNull();
});

test("progress reaches the list and leaves the others as they are", () => {
  const a = { id: "a", progress: null } as Content;
  const b = { id: "b", progress: null } as Content;
  const progress = { stage: "voice", fraction: 0.5, message: "", eta_seconds: null };
  const after = withProgress({ items: [a, b], next: null }, "b", progress);
  expect(after.items[0]).toBe(a);
  expect(after.items[1]?.progress).toEqual(progress);
  const untouched = { items: [a], next: null };
  expect(withProgress(untouched, "z", progress)).toBe(untouched);
});

test("a stage that is done stays done", () => {
  const stage = (name: string, state: string) => ({ name, state });
  const detail = { stages: [stage("script", "done"), stage("voice", "waiting")] } as unknown as ContentDetail;
  const at = (name: string) => ({ stage: name, fraction: 0.1, message: "", eta_seconds: null });
  expect(detailWithProgress(detail, at("voice")).stages.map((s) => s.state)).toEqual(["done", "running"]);
  expect(detailWithProgress(detail, at("script")).stages.map((s) => s.state)).toEqual(["done", "waiting"]);
});
