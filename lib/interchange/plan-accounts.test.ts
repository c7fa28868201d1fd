import { expect, test } from "vitest";
import { planAccounts } from "./plan-accounts";
import type { AccountRow } from "./rows";
import type { Known } from "./stored";

const STANDS = [
  { id: "A", name: "Acme", domains: ["acme.example"], ofName: false },
  { id: "B", name: "Bolt", domains: ["bolt.example"], ofName: false },
];
const known: Known<"accounts"> = {
  ...{ stored: STANDS, stages: [], deals: new Set(), parents: new Map() },
  domains: new Map(STANDS.flatMap((one) => one.domains.map((domain) => [domain, one] as const))),
};
const plan = (...rows: AccountRow[]) => {
  const { created, updated, unchanged, refused, writes } = planAccounts(
    rows.map((row, at) => ({ line: at + 2, row })),
    known,
  );
  return {
    counts: [created, updated, unchanged],
    refused: refused.map(({ line, field, value, reason }) => `${line} ${field} ${value} ${reason}`),
    domains: Object.fromEntries(writes.map(({ after }) => [after.id, after.domains])),
  };
};

test("a file without domains leaves them, an empty cell takes them away, and the order in a cell says nothing", () => {
  expect(plan({ id: "A", name: "Acme" }, { id: "B", name: "Bolt", domains: [] })).toEqual({
    ...{ counts: [0, 1, 1], refused: [], domains: { B: [] } },
  });
  expect(plan({ id: "C", name: "Crest", domains: ["z.example", "a.example", "z.example"] }).domains).toEqual({
    C: ["a.example", "z.example"],
  });
});

test("a domain is one account's alone: another's is refused by its name, and so is a second row of the file", () => {
  const wants = (id: string, ...domains: string[]) => ({ id, name: id, domains });
  expect(plan(wants("C", "bolt.example"), wants("D", "d.example"), wants("E", "d.example"))).toEqual({
    counts: [1, 0, 0],
    refused: [
      "2 domains bolt.example is Bolt's: a domain is one account's alone",
      "4 domains d.example is D's: a domain is one account's alone",
    ],
    domains: { D: ["d.example"] },
  });
});

test("two swap their domains in one batch, however its rows stand", () => {
  const a = { id: "A", name: "Acme", domains: ["bolt.example"] };
  const b = { id: "B", name: "Bolt", domains: ["acme.example"] };
  for (const rows of [
    [a, b],
    [b, a],
  ])
    expect(plan(...rows)).toMatchObject({ counts: [0, 2, 0], refused: [] });
});

test("one that is refused gives up nothing", () => {
  const a = { id: "A", name: "Acme", domains: ["bolt.example"] };
  const c = { id: "C", name: "Crest", domains: ["acme.example"] };
  expect(plan(c, a).counts).toEqual([0, 0, 0]);
});
