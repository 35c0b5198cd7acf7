import { expect, test } from "vitest";
import { isStatus, problemFrom, sayError, Unreachable } from "./problem";

test("a problem document is taken as it is", () => {
  const problem = problemFrom(422, {
    type: "/problems/invalid",
    title: "Not valid",
    detail: "Give a topic.",
    errors: { topic: "Give a topic." },
  });
  expect(problem.message).toBe("Give a topic.");
  expect(problem.fields).toEqual({ topic: "Give a topic." });
  expect(isStatus(problem, 422)).toBe(true);
  expect(isStatus(problem, 403, 404)).toBe(false);
});

test("field errors as a list", () => {
  const problem = problemFrom(422, { errors: [{ pointer: "/body/at/wall", message: "Give a time." }, "odd", {}] });
  expect(problem.fields).toEqual({ wall: "Give a time." });
});

test.each([[null], ["<html>"], [[1, 2]], [{ title: 3, errors: 4 }]])(
  "a body that is no problem document: %j",
  (body) => {
    const problem = problemFrom(502, body);
    expect(problem.title).toBe("The server answered 502");
    expect(sayError(problem)).toBe("Greenroom failed to do that. Try again in a moment.");
  },
);

test("our own faults are not blamed on the server", () => {
  expect(sayError(new TypeError("x is undefined"))).toMatch(/^Something went wrong in this page/);
  expect(sayError(new Unreachable())).toMatch(/does not answer/);
});
