import { expect, test } from "vitest";
import { addressOf, whyOf } from "@/lib/metrics/inbox-words";
import type { InboxItem } from "./item-words";
import { BASE, row, silent, step } from "./items.fixture";

const cases = { ...BASE, deal: null, partner: null, account: null };
test.each<[string, object, string, string]>([
  [
    "a proposed row",
    row("T-1"),
    "Pam Lind proposed Northgate as sourcer on 20 Apr 2026. It would be sourced.",
    "/deals/D-1",
  ],
  [
    "a registration without a deal",
    {
      ...BASE,
      deal: null,
      kind: "registration_waits",
      subjectId: "R 1",
      submittedOn: "2026-04-18",
      recordedBy: null,
      would: null,
    },
    "Registered on 18 Apr 2026, brought by a file.",
    "/registrations?open=R%201",
  ],
  [
    "a role of a motion",
    {
      ...{ ...BASE, kind: "role_asked", moment: "motion", name: "Joint discovery" },
      ...{ on: "2026-04-20", role: "co_seller" },
    },
    "Joint discovery by Northgate on 20 Apr 2026, and no row says in which role: co-seller?",
    "/deals/D-1",
  ],
  [
    "a role of a registration",
    { ...BASE, kind: "role_asked", moment: "registration", name: null, on: "2026-04-18", role: "sourcer" },
    "Northgate's registration of 18 Apr 2026 is approved, and no row says in which role: sourcer?",
    "/deals/D-1",
  ],
  [
    "a deal that the CRM says otherwise",
    {
      ...{ ...BASE, kind: "drifted", source: "Salesforce", of: "deals", key: "D-1", connectionId: "CN-1" },
      fields: [
        { field: "amount", here: 9_000_000, there: 8_500_000 },
        { field: "owner", here: "Maren Falk", there: "Jonas Weil" },
      ],
    },
    "Salesforce says otherwise of it since: amount USD 90,000.00 here, USD 85,000.00 there; owner Maren Falk here, Jonas Weil there.",
    "/deals/D-1",
  ],
  [
    "a role row that the CRM has no more",
    {
      ...{ ...BASE, kind: "drifted", source: "Salesforce", of: "roles", key: "T-1", connectionId: "CN-1" },
      fields: [{ field: "", here: "somebody here stands behind it", there: null }],
    },
    "Salesforce says otherwise of the role row since: the record stands here, gone there.",
    "/deals/D-1",
  ],
  [
    "an introduction",
    { ...BASE, kind: "introduction_waits", name: "Executive introduction", occurredOn: "2026-04-20" },
    "Executive introduction by Northgate on 20 Apr 2026, and no response from us yet.",
    "/deals/D-1",
  ],
  [
    "a deal past its day",
    {
      ...BASE,
      kind: "closing_undecided",
      partners: [],
      deal: { ...BASE.deal, expectedCloseOn: "2026-04-29" },
    },
    "It was to close on 29 Apr 2026, and nobody said whether a partner is involved.",
    "/deals/D-1",
  ],
  [
    "a deal near its end",
    { ...BASE, kind: "closing_undecided", partners: [{ id: "P-1", name: "Northgate" }] },
    "It is at stage 4, and nobody said which role Northgate has.",
    "/deals/D-1",
  ],
  [
    "updates",
    { ...BASE, kind: "updates_short", done: 1, owed: 2 },
    "1 of 2 updates this month.",
    "/deals/D-1",
  ],
  ["a step", step, "“Meet” was to be done 10 days ago.", "/deals/D-1"],
  [
    "silence",
    { ...silent, lastOn: "2026-02-01" },
    "Nothing done on it since 1 Feb 2026; the window is 60 days.",
    "/deals/D-1",
  ],
  [
    "cases of a quarter",
    {
      ...cases,
      kind: "cases_to_decide",
      quarter: "2026-Q1",
      kinds: 2,
      cases: 3,
      side: "finance",
    },
    "3 cases lack the decision of finance, of 2 kinds.",
    "/exceptions?quarter=2026-Q1&state=open&awaits=finance",
  ],
  [
    "a case of one's own",
    {
      ...BASE,
      kind: "case_assigned",
      exceptionId: "X-1",
      quarter: "2026-Q1",
      label: "marketplace",
      as: "deputy",
    },
    "Marketplace, in the log of 2026-Q1: you decide it in a side's place.",
    "/exceptions?quarter=2026-Q1&open=X-1",
  ],
])("why %s is there, and where it opens", (_, item, why, address) => {
  expect(whyOf(item as InboxItem, "2026-04-30")).toBe(why);
  expect(addressOf(item as InboxItem)).toBe(address);
});
