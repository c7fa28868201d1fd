import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { inMeetingOrder } from "@/lib/metrics/meeting-order";
import { exceptionsList } from "../exception/exceptions-list";
import { writePlace } from "../place";
import { answer } from "../query";
import { review } from "./review";
import { reviewCases } from "./review-cases";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const QUARTER = "2026-Q2";
const context = () => ({ db: company.client.db, actor: company.actor("fay"), today: TODAY });
const page = (input: Omit<z.input<typeof reviewCases.input>, "quarter">) =>
  answer(reviewCases, reviewCases.input.parse({ quarter: QUARTER, ...input }), context());

test("a quarter's cases are walked in the order of the meeting, each once, and counted by kind from their tally", async () => {
  const cases: string[] = [];
  for (const [at, kind] of ["other", "late_record", "other", "unsettled", "late_record", "other"].entries()) {
    // Two of one amount: their ids settle which comes first.
    const dealId = await company.deal({ amount: 1_000_000 * (1 + (at % 4)) });
    const { exceptionId } = await company.as("pam", raiseException, { dealId, kind, claim: `case ${at}` });
    cases.push(exceptionId as string);
  }
  await company.as("pam", withdrawException, { exceptionId: cases[0], reason: "no" });
  const asked = exceptionsList.input.parse({ quarter: QUARTER });
  const { rows: all } = await answer(exceptionsList, asked, context());
  expect(all).toHaveLength(6);
  const walked = [];
  for (let next: string | null | undefined; next !== null; ) {
    const found = await page({ limit: 2, ...(next && { after: next }) });
    expect(found.rows.length).toBeLessThanOrEqual(2);
    walked.push(...found.rows);
    next = found.next;
  }
  expect(walked).toEqual(inMeetingOrder(all));
  const { exceptions } = await answer(review, { quarter: QUARTER }, context());
  expect(exceptions).toMatchObject({ rows: walked, next: null, total: 6, open: 5, deferred: 0, settled: 1 });
  expect(exceptions.kinds).toEqual([
    { kind: "late_record", open: 2, deferred: 0, settled: 0 },
    { kind: "other", open: 2, deferred: 0, settled: 1 },
    { kind: "unsettled", open: 1, deferred: 0, settled: 0 },
  ]);
});

test("what no page gave as its end is refused", async () => {
  await expect(page({ after: "there" })).rejects.toMatchObject({ field: "after" });
  await expect(page({ after: writePlace(["2026-04-20", "E-1"]) })).rejects.toMatchObject({ field: "after" });
});
