import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays, CALENDAR_YEAR } from "../calendar";
import { classKey, classOf } from "./deal-class";
import { DEAL_STATUSES } from "./deal-status";
import type { ProjectedDeal } from "./projected-deal";
import { cellOf, cycleOf } from "./tally";
import {
  bucketRange,
  linesOf,
  readSpan,
  readStanding,
  sizeBucket,
  standingOf,
  type TalliedDeal,
  TallyChange,
} from "./tally-lines";

function deal(overrides: Partial<TalliedDeal> = {}): TalliedDeal {
  const plain = {
    id: "D-1",
    owner: "Ann",
    amount: 123_456,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: "2026-01-15",
    closedOn: null,
    outcome: "open",
    attribution: "none",
    confirmedBeforeClose: false,
    account: null,
    stage: 2,
    disputed: false,
    gray: [],
    confirmed: false,
    status: "to_decide",
    proof: "none",
    partners: [],
    engagedOn: [],
    policyHash: "0".repeat(64),
    ...{ cohort: null, cohortOn: null, reconciled: null },
    ...overrides,
  } as TalliedDeal;
  const one = classOf(plain);
  return {
    ...plain,
    countsAs: classKey(one),
    cell: cellOf(plain),
    cycleDays: one.hasCycle ? cycleOf(plain) : null,
  };
}

const kinds = (one: TalliedDeal) =>
  linesOf(one, CALENDAR_YEAR).map(({ kind, month, deals }) => `${kind} ${month.slice(0, 7)} ${deals}`);

describe("the lines of a deal", () => {
  test.each<[string, Partial<TalliedDeal>, string[]]>([
    ["open", {}, ["created 2026-01 1", "standing 0001-01 1", "owners 0001-01 1", "open 2026-01 1"]],
    [
      "closed in a later month",
      { outcome: "won", closedOn: "2026-03-01" },
      [
        "created 2026-01 1",
        "standing 0001-01 1",
        "owners 0001-01 1",
        "open 2026-01 1",
        "open 2026-03 -1",
        "closed 2026-03 1",
        "sizes 2026-03 1",
        "days 2026-03 1",
        "cells 2026-03 1",
      ],
    ],
    [
      "closed in its own month: never open at an end",
      { outcome: "lost", closedOn: "2026-01-20" },
      [
        "created 2026-01 1",
        "standing 0001-01 1",
        "owners 0001-01 1",
        "closed 2026-01 1",
        "sizes 2026-01 1",
        "days 2026-01 1",
        "cells 2026-01 1",
      ],
    ],
    [
      "closed before it was created: no cycle, and never open",
      { outcome: "won", closedOn: "2025-12-31" },
      ["created 2026-01 1", "standing 0001-01 1", "owners 0001-01 1", "closed 2025-12 1", "sizes 2025-12 1"],
    ],
  ])("%s", (_, overrides, expected) => {
    expect(kinds(deal(overrides))).toEqual(expected);
  });

  it("name each partner once, with its outcome and whether it is disputed", () => {
    const row = { rowId: "T", role: "co_seller", touchStage: 1, confirmed: true } as const;
    const partners: ProjectedDeal["partners"] = [
      { id: "P-1", ...row, outcome: "influenced", disputed: null, evidence: "stated" },
      { id: "P-1", ...row, outcome: "influenced", disputed: null, evidence: "stated" },
      { id: "P-2", ...row, outcome: "none", disputed: "sourced", evidence: null },
    ];
    const lines = linesOf(deal({ partners }), CALENDAR_YEAR).filter(({ kind }) => kind === "partners");
    expect(lines.map(({ cell, countsAs }) => [cell, countsAs])).toEqual([
      ["P-1", "influenced"],
      ["P-2", "none/disputed"],
    ]);
  });

  it("say of activities between which months the deal is open", () => {
    const engagedOn = ["2025-12-30", "2026-01-20", "2026-01-21"];
    const lines = linesOf(deal({ engagedOn, outcome: "won", closedOn: "2026-04-02" }), CALENDAR_YEAR);
    const engaged = lines.filter(({ kind }) => kind === "engaged");
    expect(engaged.map(({ month, cell }) => [month, readSpan(cell)])).toEqual([
      ["2025-12-01", { from: "2026-01-01", until: "2026-04-01" }],
      ["2026-01-01", { from: "", until: "2026-04-01" }],
      ["2026-01-01", { from: "", until: "2026-04-01" }],
    ]);
  });
});

test("a month in which a quarter begins is kept in two parts", () => {
  const weeks = { firstMonth: 2, namedBy: "start", endsOn: "nearest_saturday" } as const;
  // The quarter from 2026-02-01 ends on 2026-05-02, a Saturday.
  const monthsOf = (createdOn: string, closedOn: string) => {
    const engagedOn = [createdOn];
    const lines = linesOf(deal({ createdOn, closedOn, outcome: "won", engagedOn }), weeks);
    return Object.fromEntries(
      lines.map(({ kind, month, cell }) => [kind, kind === "engaged" ? cell : month]),
    );
  };
  expect(monthsOf("2026-05-01", "2026-05-02")).toMatchObject({ created: "2026-05-01", closed: "2026-05-01" });
  expect(monthsOf("2026-05-02", "2026-05-03")).toMatchObject({
    ...{ created: "2026-05-01", closed: "2026-05-03", open: "2026-05-03", engaged: "..2026-05-03" },
  });
  expect(monthsOf("2026-05-31", "2026-06-01")).toMatchObject({ created: "2026-05-03", closed: "2026-06-01" });
});

describe("what a deal lends to its cohort", () => {
  const won = { outcome: "won", closedOn: "2026-04-02" } as const;
  const lent = (one: TalliedDeal) => linesOf(one, CALENDAR_YEAR).filter(({ kind }) => kind === "cohorts");

  it("is its cycle, in the month of the day that it is lent on", () => {
    const lines = lent(deal({ ...won, cohort: "new/USD/1", cohortOn: "2026-04-02" }));
    expect(lines).toMatchObject([{ month: "2026-04-01", cell: "new/USD/1", at: 77, deals: 1 }]);
    expect(lent(deal(won))).toEqual([]);
  });

  it("comes and goes by itself, whatever else of the deal stays", () => {
    const change = new TallyChange(CALENDAR_YEAR);
    const before = deal({ ...won, cohort: "new/USD/1", cohortOn: "2026-04-02" });
    change.replace(before, { ...before, cohort: null, cohortOn: null });
    expect(change.lines()).toMatchObject([{ kind: "cohorts", deals: -1 }]);
    const moved = new TallyChange(CALENDAR_YEAR);
    moved.replace(before, { ...before, cohortOn: "2026-05-01" });
    expect(moved.lines().map(({ month, deals }) => [month, deals])).toEqual([
      ["2026-04-01", -1],
      ["2026-05-01", 1],
    ]);
  });
});

describe("a change", () => {
  const some = fc
    .record({
      amount: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      created: fc.integer({ min: 0, max: 400 }),
      days: fc.integer({ min: -40, max: 300 }),
      outcome: fc.constantFrom("open", "won", "lost"),
      stage: fc.constantFrom(0, 1, 2, 3, 4, 5, 6),
    })
    .map(({ created, days, outcome, ...rest }) => {
      const createdOn = addDays("2025-01-01", created);
      const closedOn = outcome === "open" ? null : addDays(createdOn, days);
      return deal({ ...rest, createdOn, closedOn, outcome } as Partial<ProjectedDeal>);
    });

  it("of a deal taken away again is nothing, whatever came between", () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (deals) => {
        const change = new TallyChange(CALENDAR_YEAR);
        for (const one of deals) change.add(one);
        for (const one of deals.toReversed()) change.take(one);
        expect(change.lines()).toEqual([]);
      }),
    );
  });

  it("adds up exactly beyond what a number holds", () => {
    const change = new TallyChange(CALENDAR_YEAR);
    const amount = Number.MAX_SAFE_INTEGER;
    for (let at = 0; at < 3; at++) change.add(deal({ amount }));
    const created = change.lines().find(({ kind }) => kind === "created");
    expect(created).toMatchObject({
      deals: 3,
      amount: 3n * BigInt(amount),
      squares: 3n * BigInt(amount) ** 2n,
    });
  });
});

describe("a bucket of amounts", () => {
  it("holds exactly the amounts of its range, in the order of amounts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 10 ** 6 }),
        (one, other) => {
          const [least, greatest] = bucketRange(sizeBucket(one));
          expect(least <= one && one <= greatest).toBe(true);
          expect(sizeBucket(least)).toBe(sizeBucket(one));
          if (greatest < Number.MAX_SAFE_INTEGER)
            expect(sizeBucket(greatest + 1)).toBeGreaterThan(sizeBucket(one));
          if (one > other) expect(sizeBucket(one)).toBeGreaterThanOrEqual(sizeBucket(other));
        },
      ),
    );
  });
});

test("a standing is read as it was written", () => {
  for (const status of DEAL_STATUSES) {
    const standing = { stage: 5, disputed: true, status };
    expect(readStanding(standingOf(standing))).toEqual(standing);
  }
});
