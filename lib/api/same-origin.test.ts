import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin";

test.each([
  ["our own page", { "sec-fetch-site": "same-origin", origin: "http://us.test" }, true],
  ["a stranger's page", { "sec-fetch-site": "cross-site", origin: "http://them.test" }, false],
  ["another host of our site", { "sec-fetch-site": "same-site", origin: "http://other.us.test" }, false],
  ["an old browser on our page", { origin: "http://us.test", host: "us.test" }, true],
  ["an old browser elsewhere", { origin: "http://them.test", host: "us.test" }, false],
  ["a sandboxed frame", { origin: "null", host: "us.test" }, false],
  [
    "our page behind a proxy",
    { origin: "https://us.test", host: "10.0.0.1:3000", "x-forwarded-host": "us.test" },
    true,
  ],
  ["another port", { origin: "http://us.test:81", host: "us.test" }, false],
  ["a program", {}, true],
])("%s", (_who, headers, expected) => {
  expect(isSameOrigin(new Request("http://us.test/api/v1/undo", { method: "POST", headers }))).toBe(expected);
});
