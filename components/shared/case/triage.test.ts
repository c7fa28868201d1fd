import { describe, expect, test } from "vitest";
import type { ExceptionLine, Kind, Vote } from "./answers";
import { noteWords } from "./discussion";
import { atStake, between, logRows, takenBy, toggled, waitsFor } from "./triage";

const vote = (side: Vote["side"]): Vote => ({
  side,
  by: { id: side, name: side },
  decision: "rule_upheld",
  partner: null,
  outcome: null,
  reason: "so",
  at: "2026-05-20T10:00:00.000Z",
});
let made = 0;
const line = (kind: Kind, more: Partial<ExceptionLine> = {}): ExceptionLine => {
  made++;
  const row = { id: `E-${made}`, kind, dealId: `D-${made}`, amount: 100, currency: "USD", state: "open" };
  return { ...row, votes: [], split: false, ...more } as ExceptionLine;
};
const many = (count: number, kind: Kind, more: Partial<ExceptionLine> = {}) =>
  Array.from({ length: count }, () => line(kind, more));

describe("the log's rows", () => {
  test("many of one kind are one row that opens; few stand for themselves", () => {
    const rows = [...many(2, "unsettled"), ...many(201, "late_record"), ...many(6, "marketplace")];
    expect(logRows(rows, []).map(({ id }) => id)).toEqual([
      "kind:late_record",
      "kind:marketplace",
      rows[0]!.id,
      rows[1]!.id,
    ]);
    const opened = logRows(rows, ["marketplace"]);
    expect(opened).toHaveLength(4 + 6);
    expect(opened[2]).toMatchObject({ is: "case", isInGroup: true });
  });

  test("what is to decide comes before what is settled, however many", () => {
    const rows = [...many(9, "late_record", { state: "decided" }), ...many(6, "marketplace")];
    expect(logRows(rows, []).map(({ id }) => id)).toEqual(["kind:marketplace", "kind:late_record"]);
  });
});

describe("what a press takes", () => {
  test("of a kind, those that wait for one's side: no vote yet, or the sides differ", () => {
    const fresh = line("late_record");
    const mine = line("late_record", { votes: [vote("finance")] });
    const split = line("late_record", { votes: [vote("finance"), vote("partnerships")], split: true });
    const settled = line("late_record", { state: "decided" });
    const rows = logRows([fresh, mine, split, settled, ...many(6, "late_record")], []);
    expect(takenBy(rows, "finance")).not.toContain(mine.id);
    expect(takenBy(rows, "finance")).toHaveLength(8);
    expect(takenBy(rows, "partnerships")).toHaveLength(9);
    expect(takenBy(rows, null)).not.toContain(settled.id);
    expect([fresh, mine, split, settled].map((row) => waitsFor(row, "finance"))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test("where nothing waits any more, whatever is not settled: to say it again, to defer", () => {
    const rows = logRows(many(7, "late_record", { votes: [vote("finance")] }), []);
    expect(takenBy(rows, "finance")).toHaveLength(7);
  });

  test("a range from one row to another, whichever comes first", () => {
    const rows = logRows(many(5, "late_record"), []);
    const ids = rows.map(({ id }) => id);
    expect(between(rows, ids[3]!, ids[1]!).map(({ id }) => id)).toEqual(ids.slice(1, 4));
    expect(between(rows, "gone", ids[1]!).map(({ id }) => id)).toEqual([ids[1]]);
  });

  test("twice the same is none", () => {
    const once = toggled(new Set(["a"]), ["b", "c"]);
    expect([...once].sort()).toEqual(["a", "b", "c"]);
    expect([...toggled(once, ["b", "c"])]).toEqual(["a"]);
    expect([...toggled(new Set(["b"]), ["b", "c"])]).toEqual(["b", "c"]);
  });
});

test("a deal is at stake once, however many of its gray areas are open; currencies are not added", () => {
  const one = line("late_record", { dealId: "D-x", amount: 700 });
  expect(atStake([one, line("unsettled", { dealId: "D-x", amount: 700 }), line("other")])).toEqual({
    amount: 800,
    currency: "USD",
  });
  expect(atStake([one, line("other", { currency: "JPY" })])).toBeNull();
});

describe("what is told of a case", () => {
  const note = (more: object) =>
    noteWords({
      ...{ id: "N-1", kind: "voted", text: "", decision: null, partner: null, outcome: null },
      ...{ person: null, until: null, by: null, at: "2026-05-20T10:00:00.000Z" },
      ...more,
    } as Parameters<typeof noteWords>[0]);

  test("names come with it: an id that begins another, or that somebody wrote, changes nothing", () => {
    const ruling = { decision: "ruling", outcome: "sourced", text: "P-1 and P-orrin agree" };
    for (const partner of [
      { id: "P-10", name: "Tenth Street" },
      { id: "P-orrin-retail", name: "Orrin Retail Practice" },
    ])
      expect(note({ ...ruling, partner })).toBe(`Ruling: ${partner.name} is sourced: P-1 and P-orrin agree`);
  });

  test("who took it, until when, and who decides in place of a side", () => {
    const person = { id: "pam", name: "Pam Lind" };
    expect(note({ kind: "owner", person })).toBe("Owner: Pam Lind");
    expect(note({ kind: "owner" })).toBe("No owner any more");
    expect(note({ kind: "deferred", person, until: "2026-06-30" })).toBe("To Pam Lind until 30 Jun 2026");
    expect(note({ kind: "deputy", person })).toBe("Deputy: Pam Lind");
    expect(note({ kind: "decided", decision: "rule_upheld" })).toBe("Rule upheld");
  });
});
