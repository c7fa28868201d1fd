import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FiscalYear } from "@/lib/calendar";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { costsAndRates } from "./costs-and-rates";
import { fiscalChange } from "./fiscal-change";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  const closes = ["2025-10-27", "2025-12-31", "2026-01-01", "2026-02-03", "2026-03-31", "2026-05-02"];
  for (const [at, closedOn] of closes.entries()) {
    const dealId = await company.deal({ createdOn: "2025-09-01", currency: at % 2 ? "EUR" : "USD" });
    await company.as("pam", raiseException, { dealId, kind: "other", claim: "Who was first?" });
    if (at % 3 === 0) {
      const row = { dealId, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2025-09-01" };
      await company.as("ana", tagPartner, row, { today: closedOn });
    } else await company.as("ana", confirmNoPartner, { dealId });
    await company.as("ana", closeDeal, { dealId, outcome: "won", closedOn });
  }
  for (const quarter of ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]) {
    for (const side of ["partner_program", "direct_sales"] as const)
      await company.as("fay", recordCost, {
        quarter,
        side,
        category: "headcount",
        amount: 50_000,
        currency: "USD",
      });
    await company.as("fay", recordRate, { quarter, currency: "EUR", rate: "1.1" });
  }
});
afterAll(() => company.close());

const context = () => ({ db: company.client.db, actor: company.actor("rita"), today: TODAY });
const told = (year: FiscalYear) => answer(fiscalChange, year, context());

describe("what another fiscal year would change", () => {
  it.each([
    [4, "end", "month_end", 0],
    [7, "start", "month_end", 0],
    [2, "end", "month_end", 4],
    [2, "start", "nearest_saturday", 4],
    [10, "end", "last_friday", 4],
    [1, "end", "month_end", 0],
  ] as const)(
    "beginning in month %i, named by its %s, ending on %s: what is foretold is what comes",
    async (firstMonth, namedBy, fiscalEndsOn, waits) => {
      const foretold = await told({ firstMonth, namedBy, endsOn: fiscalEndsOn });
      expect(foretold.refused).toBeNull();
      expect(foretold.after).toHaveLength(4);
      expect(foretold.anew).toHaveLength(waits);
      await company.as("rita", editSettings, {
        ...{ fiscalFirstMonth: firstMonth, fiscalNamedBy: namedBy, fiscalEndsOn },
      });
      expect((await told({ firstMonth, namedBy, endsOn: fiscalEndsOn })).before).toEqual(foretold.after);
      const { waiting, costs } = await answer(costsAndRates, {}, context());
      expect(waiting.map(({ costs, rates }) => costs + rates)).toEqual(Array(waits).fill(3));
      expect(costs).toHaveLength(waits === 0 ? 8 : 0);
    },
  );

  it("tells a missing rate as such, and the numbers beside it", async () => {
    const { before, after } = await told({ firstMonth: 2, namedBy: "end", endsOn: "month_end" });
    const cases = (lines: typeof before) => lines.reduce((sum, { cases: { all } }) => sum + all, 0);
    expect(cases(before)).toBeGreaterThanOrEqual(6);
    expect(cases(after)).toBe(cases(before));
    expect(after.map(({ label, from }) => [label, from])).toEqual([
      ["2026-Q3", "2025-08-01"],
      ["2026-Q4", "2025-11-01"],
      ["2027-Q1", "2026-02-01"],
      ["2027-Q2", "2026-05-01"],
    ]);
    const reasons = after.flatMap(({ numbers }) => numbers.map(({ value }) => value));
    expect(reasons).toContainEqual({ undefined: "missing_rate", detail: "2026-Q3.EUR" });
  });
});
