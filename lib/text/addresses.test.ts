import { expect, test } from "vitest";
import { pageWanted } from "./addresses";

test.each(["/deals/D-1?scope=mine", "/policy", "/review/2026-Q1#ask"])(
  "%s is a page to come back to",
  (to) => {
    expect(pageWanted(to)).toBe(to);
  },
);

test.each([
  null,
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/sign-in?to=/x",
  "/api/v1/me",
])("%s is not", (to) => {
  expect(pageWanted(to)).toBeNull();
});
