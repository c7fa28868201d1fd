import { expect, test } from "vitest";
import type { DealRow } from "./deal-row";
import { dealsCsv } from "./deals-csv";

const partner = {
  rowId: null,
  role: null,
  touchStage: null,
  confirmed: false,
  outcome: "none",
  disputed: null,
} as const;
const row = (overrides: Partial<DealRow> = {}): DealRow => ({
  ...{ id: "D-1", account: "Larkfield", owner: "Ann", stage: 4, amount: 123_456, currency: "USD" },
  ...{
    type: "new",
    createdOn: "2026-01-15",
    closedOn: null,
    expectedCloseOn: null,
    cycleDays: null,
    set: null,
    state: "open",
    outcome: "sourced",
  },
  ...{
    evidence: null,
    disputed: false,
    partners: [],
    proof: "none",
    status: "to_decide",
    attributionConfirmed: false,
    version: 1,
    may: { tag: true, noPartner: true, confirm: [] },
  },
  ...overrides,
});
const linesOf = async (rows: DealRow[], columns: string[]) => (await dealsCsv(rows, columns)).split("\n");

test("holds the columns that are shown, in their order, under a header", async () => {
  const partners = [
    { ...partner, id: "P-1", name: "Northgate", role: "co_seller", rowId: "T-1", touchStage: 1 } as const,
    { ...partner, id: "P-2", name: "Halden, Inc." },
  ];
  const shown = ["amount", "account", "stage", "createdOn", "closedOn", "partners", "outcome", "status"];
  expect(
    await linesOf([row({ partners, closedOn: "2026-03-01", status: "disputed" }), row()], shown),
  ).toEqual([
    "amount,currency,deal_id,account,state,stage,created_on,closed_on,partners,outcome,status",
    '1234.56,USD,D-1,Larkfield,open,4,2026-01-15,2026-03-01,"Northgate (Co-seller); Halden, Inc.",Sourced,Disputed',
    "1234.56,USD,D-1,Larkfield,open,4,2026-01-15,,,Sourced,To decide",
    "",
  ]);
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"])("is not read as a formula: %j", async (text) => {
  const partners = [{ ...partner, id: "P-1", name: text }];
  const [, line] = await linesOf(
    [row({ account: text, owner: text, partners })],
    ["account", "owner", "partners"],
  );
  expect(line).toBe(`D-1,'${text},'${text},'${text}`);
});
