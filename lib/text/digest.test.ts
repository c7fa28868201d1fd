import { describe, expect, test } from "vitest";
import { type Digest, digestMessage, digestWords } from "./digest";

const TO = { name: "Ana Ruiz", base: "https://sign.example" };

const ROLES = {
  label: "Roles to confirm",
  clears: "Confirm or refuse it.",
  count: 1,
  items: [
    {
      title: "Larkfield Foods, Northgate",
      why: "Pam Lind proposed Northgate as sourcer on 20 Apr 2026.",
      path: "/deals/D-1",
      dueOn: "2026-05-08",
    },
  ],
};
const of = (change: Partial<Digest> = {}): Digest => ({
  ...{ kind: "digest", week: "2026-05-04", total: 1, more: false, groups: [ROLES] },
  ...change,
});

test.each<[Partial<Digest>, string, string]>([
  [{}, "1 item to fix this week", "Roles to confirm 1."],
  [{ total: 12 }, "12 items to fix this week", "Roles to confirm 1."],
  [{ total: 200, more: true }, "More than 200 items to fix this week", "Roles to confirm 1."],
  [{ total: 0, groups: [] }, "0 items to fix this week", "Nothing waited in the inbox."],
])("%o is called %s", (change, title, says) => {
  expect(digestWords(of(change))).toEqual({ title, says, path: "/inbox" });
  expect(digestMessage(of(change), TO).subject).toBe(title);
});

test("says what is there, why, by when, and where it is answered", () => {
  expect(digestMessage(of(), TO).text).toBe(`1 item to fix this week

What your inbox held on Monday, 4 May 2026.

Roles to confirm (1). Confirm or refuse it.
* Larkfield Foods, Northgate
  Pam Lind proposed Northgate as sourcer on 20 Apr 2026. Due 8 May 2026.
  https://sign.example/deals/D-1

Your inbox: https://sign.example/inbox

-- 
Choose what you are told, and how: https://sign.example/settings/account
`);
});

test("in its other form leads to each item, and to the inbox", () => {
  const { html } = digestMessage(of(), TO);
  expect([...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link)).toEqual([
    "https://sign.example/deals/D-1",
    "https://sign.example/inbox",
    "https://sign.example/settings/account",
  ]);
  expect(html).toContain("Pam Lind proposed Northgate as sourcer on 20 Apr 2026. Due 8 May 2026.");
});

test("says of a long kind how many more there are", () => {
  const { text, html } = digestMessage(of({ groups: [{ ...ROLES, count: 14 }] }), TO);
  expect(text).toContain("Roles to confirm (14)");
  expect(text).toContain("* and 13 more");
  expect(html).toContain("<li>and 13 more</li>");
});

test("has no links where nobody said the address", () => {
  const { text, html } = digestMessage(of(), { ...TO, base: null });
  expect(text + html).not.toMatch(/href|:\/\//);
});

describe("takes a hostile name for a name", () => {
  const withName = (name: string) => {
    const item = { ...ROLES.items[0]!, title: name, why: `${name} proposed it.`, path: "/deals/D%22" };
    return digestMessage(of({ groups: [{ ...ROLES, items: [item] }] }), TO);
  };

  test.each([
    ["<script>alert(1)</script>", "<script"],
    ['"><img src=x onerror=alert(1)>', "<img"],
    ["</li></ul><h1>You won</h1>", "<h1"],
  ])("%j is no markup", (name, markup) => {
    expect(withName(name).html).not.toContain(markup);
    expect(withName(name).text).toContain(name);
  });

  test.each([
    ["a\r\nBcc: all@evil.test", /^Bcc:/m],
    ["x\n\n-- \nforged foot", /^forged foot/m],
    ["turned \u202e round", /\u202e/],
  ])("%j breaks no line and turns none", (name, forbidden) => {
    const { text, html } = withName(name);
    for (const part of [text, html]) expect(part).not.toMatch(forbidden);
  });
});
