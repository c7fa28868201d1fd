import { expect, test } from "vitest";
import { browserCookie, browserWords, newBrowserId, whenceOf } from "./browser";

test("a browser is known by the name that it keeps", () => {
  const id = newBrowserId();
  const cookie = browserCookie(id, true).split(";")[0]!;
  const headers = new Headers({
    cookie: `a=b; ${cookie}; c=d`,
    "x-forwarded-for": "1.2.3.4, 10.0.0.7",
    "x-forwarded-proto": "https",
  });
  expect(whenceOf(headers)).toEqual({ browserId: id, browser: "An unknown browser", origin: "10.0.0.7" });
});

test("what is no name and no address is passed over", () => {
  const headers = new Headers({ cookie: "countersign-browser=<script>", "x-forwarded-for": "me, <b>" });
  expect(whenceOf(headers)).toMatchObject({ browserId: null, origin: "unknown" });
});

test("its cookie travels over https alone where the page came so", () => {
  expect(browserCookie("x", true)).toMatch(/HttpOnly; SameSite=Lax; Secure$/);
  expect(browserCookie("x", false)).not.toContain("Secure");
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iOS"],
  ["curl/8.5.0", "curl"],
])("%s is %s", (agent, words) => {
  expect(browserWords(agent)).toBe(words);
});
