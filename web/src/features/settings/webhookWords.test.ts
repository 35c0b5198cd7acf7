import { expect, test } from "vitest";
import type { Webhook } from "@/api/webhooks";
import { health, kindsIn, kindsWords, lasted } from "./webhookWords";

const hook: Webhook = {
  id: "1",
  client_id: null,
  address: "https://example.com",
  description: "",
  kinds: ["*"],
  active: true,
  disabled_reason: null,
  failing_since: null,
  rests_until: null,
  last_state: null,
  last_status: null,
  last_error: "",
  last_at: null,
  waiting: 0,
  previous_secret_until: null,
  version: 1,
  created_at: "2026-11-21T09:00:00Z",
};

test("kinds read as what they are about", () => {
  expect(kindsWords(["channels.post.*", "*"])).toBe("everything");
  expect(kindsWords(["channels.post.*", "channels.link.changed"])).toBe("Posts, channels.link.changed");
});

test("typed kinds may be parted by commas, spaces or lines", () => {
  expect(kindsIn(" a.b, c.*\na.b ")).toEqual(["a.b", "c.*"]);
  expect(kindsIn("  ")).toEqual([]);
});

test("an endpoint's health says the worst that is true", () => {
  expect(health(hook).word).toBe("Not told yet");
  expect(health({ ...hook, last_state: "delivered" }).word).toBe("Works");
  expect(health({ ...hook, last_state: "failed", failing_since: hook.created_at }).word).toBe("Failing");
  expect(health({ ...hook, active: false }).word).toBe("Paused");
  expect(health({ ...hook, active: false, disabled_reason: "It answered 410" }).word).toBe("Switched off");
});

test("durations", () => {
  expect(lasted(42)).toBe("42 ms");
  expect(lasted(10_040)).toBe("10.0 s");
});
