import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Digest } from "./digest";
import { escapeHtml, noticeMessage, oneLine, subjectOf } from "./message";
import { type NoticeAbout, noticeWords } from "./notice-words";
import type { WeeklyNote } from "./weekly-note";

const TO = { name: "Ana Ruiz", base: "https://sign.example" };

/** What is told, and the line and page that come of it. */
const WORDS: [Exclude<NoticeAbout, Digest | WeeklyNote>, string, string][] = [
  [
    {
      kind: "registration_waits",
      by: "Pam",
      partner: "Northgate",
      customer: "Larkfield",
      registrationId: "R-1",
    },
    "Northgate’s registration of Larkfield waits for your answer",
    "/registrations?open=R-1",
  ],
  [
    { kind: "registration_waits", by: "Pam", partner: "Northgate", customer: null, registrationId: "R&1" },
    "Northgate’s registration waits for your answer",
    "/registrations?open=R%261",
  ],
  [
    {
      kind: "row_waits",
      by: "Pam",
      partner: "Northgate",
      role: "sourcer",
      customer: "Larkfield",
      dealId: "D/1",
    },
    "Northgate’s role on Larkfield waits for you",
    "/deals/D%2F1",
  ],
  [
    {
      kind: "row_waits",
      by: "Pam",
      partner: "Northgate",
      role: "sourcer",
      customer: "x",
      dealId: "D",
      many: 3,
    },
    "Northgate’s role on 3 deals of yours waits for you",
    "/inbox?kind=row_waits",
  ],
  [
    {
      kind: "case_assigned",
      by: "Fay",
      label: "Late record",
      customer: "Lark",
      quarter: "2026-Q1",
      exceptionId: "E-1",
    },
    "A case is yours: Late record, Lark",
    "/exceptions?quarter=2026-Q1&open=E-1",
  ],
  [
    {
      kind: "case_assigned",
      by: "Fay",
      label: "x",
      customer: "x",
      quarter: "2026-Q1",
      exceptionId: "E-1",
      many: 2,
    },
    "2 cases of 2026-Q1 are yours",
    "/inbox?kind=case_assigned",
  ],
  [
    { kind: "item_given", by: "Ana", label: "Disputes", customer: null, dealId: null, inboxKind: "disputed" },
    "Ana gave you an item",
    "/inbox?kind=disputed",
  ],
  [
    {
      kind: "deal_contested",
      by: "Pam",
      customer: "Lark",
      partner: null,
      claim: "c",
      quarter: "2026-Q1",
      exceptionId: "E-2",
    },
    "Lark is contested",
    "/exceptions?quarter=2026-Q1&open=E-2",
  ],
  [
    { kind: "memo_waits", by: "Hope", title: "FY26", activeFrom: "2026-06-01", policyId: "M-1" },
    "The memo “FY26” waits for your signature",
    "/policy/M-1",
  ],
  [
    { kind: "freeze_prepared", by: "Hope", quarter: "2026-Q1" },
    "2026-Q1 is ready to be frozen",
    "/review/2026-Q1",
  ],
];

test.each(WORDS)("%o reads %s", (about, title, path) => {
  const words = noticeWords(about);
  expect(words).toMatchObject({ title, path });
  expect(words.says).toContain(about.kind === "item_given" ? about.label : about.by);
});

describe("a message", () => {
  const hostile = `<script>alert("1")</script>\r\nBcc: all@evil.test\u202e & 'co'`;
  const about: NoticeAbout = {
    kind: "memo_waits",
    by: hostile,
    title: hostile,
    activeFrom: "2026-06-01",
    policyId: "M-1",
  };

  test("says plainly and with a little form the same, and leads to the page", () => {
    const { subject, text, html } = noticeMessage(noticeWords(WORDS[9]![0]), TO);
    expect(subject).toBe("2026-Q1 is ready to be frozen");
    expect(text).toContain(
      "Hope prepared it; another person, of finance, freezes it.\n\nhttps://sign.example/review/2026-Q1",
    );
    expect(html).toContain('<a href="https://sign.example/review/2026-Q1">Open it</a>');
    expect(text).toContain("Choose what you are told, and how: https://sign.example/settings/account");
  });

  test("has no links where nobody said the address", () => {
    const { text, html } = noticeMessage(noticeWords(WORDS[9]![0]), { ...TO, base: null });
    expect(text + html).not.toMatch(/href|:\/\//);
  });

  test("takes no markup and no header from a name", () => {
    const { subject, text, html } = noticeMessage(noticeWords(about), TO);
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  test("of any text: nothing of it is markup, a subject is one line of at most 150", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(oneLine(text)).not.toMatch(/[\r\n]/);
        expect(subjectOf(text).length).toBeLessThanOrEqual(150);
      }),
    );
  });
});
