import { expect, test } from "vitest";
import { ATTEMPTS, FailedAttempts } from "./attempts";

test("an address waits after too many failures, and only that one, until they are old", () => {
  let now = 0;
  const attempts = new FailedAttempts(() => now);
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    expect(attempts.mustWait("a@x.test")).toBe(false);
    attempts.failed("a@x.test");
  }
  expect(attempts.mustWait("a@x.test")).toBe(true);
  expect(attempts.mustWait("b@x.test")).toBe(false);
  now += 10 * 60_000;
  expect(attempts.mustWait("a@x.test")).toBe(false);
});

test("signing in forgets the failures before it", () => {
  const attempts = new FailedAttempts(() => 0);
  for (let tried = 0; tried < ATTEMPTS; tried++) attempts.failed("a@x.test");
  attempts.succeeded("a@x.test");
  expect(attempts.mustWait("a@x.test")).toBe(false);
});

test("strangers cannot fill the memory", () => {
  const attempts = new FailedAttempts(() => 0);
  for (let tried = 0; tried < ATTEMPTS; tried++) attempts.failed("first@x.test");
  for (let stranger = 0; stranger < 10_000; stranger++) attempts.failed(`${stranger}@x.test`);
  expect(attempts.mustWait("first@x.test")).toBe(false);
});
