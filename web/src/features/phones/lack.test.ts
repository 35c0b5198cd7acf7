import { expect, test } from "vitest";
import type { Session } from "@/api/shapes";
import { lackOf } from "./lack";

function session(role: "super" | "member", ...clients: [name: string, may: "manage" | "operate"][]): Session {
  return {
    user: { role },
    clients: clients.map(([name, may]) => ({ id: name, name, permissions: ["view", may] })),
  } as unknown as Session;
}

test("who may set up an agent is led there", () => {
  expect(lackOf(session("super", ["Tide", "manage"]), undefined, 0)).toMatchObject({ way: "agents" });
  expect(lackOf(session("super", ["Tide", "manage"]), "Tide", 0)).toMatchObject({ way: "agents" });
});

test("a member without phones is told whom to ask, and sent nowhere", () => {
  const lack = lackOf(session("member", ["Tide", "operate"]), undefined, 0);
  expect(lack).toMatchObject({ title: "No phone was given to Tide yet", way: null });
  expect(lack.words).toMatch(/ask one/i);
  const two = session("member", ["Tide", "manage"], ["Fern", "operate"]);
  expect(lackOf(two, undefined, 0).title).toBe("No phone was given to any of your clients yet");
  expect(lackOf(two, "Fern", 0)).toMatchObject({ title: "No phone was given to Fern yet", way: null });
  expect(lackOf(session("member"), undefined, 0).title).toBe("You have no client yet");
});

test("who may give phones of one client to another is shown all of them", () => {
  const way = "phones of others";
  expect(lackOf(session("super", ["Tide", "manage"], ["Fern", "manage"]), "Fern", 2).way).toBe(way);
  expect(lackOf(session("member", ["Tide", "manage"], ["Fern", "manage"]), "Fern", 2).way).toBe(way);
  expect(lackOf(session("member", ["Tide", "manage"], ["Fern", "operate"]), "Fern", 2).way).toBeNull();
});
