import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { PRESETS } from "@/lib/attribution/policy";
import { addDays } from "@/lib/calendar";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { companyDay } from "@/lib/company-day";
import { judgedUnder } from "@/lib/judging/judged-under";
import { policyBook, policyHash } from "@/lib/judging/policy-book";
import { dealDocuments } from "@/lib/sealing/seals";

/** The database knows what day it is, so policies live on the server's. */
const TODAY = companyDay(Date.now(), "UTC");
const AMENDED = addDays(TODAY, 400);
let company: Company;

async function signed(
  preset: keyof typeof PRESETS,
  activeFrom: Day,
  reachesBackTo: Day | null = null,
): Promise<string> {
  const call = { today: TODAY };
  const { policyId, version } = await company.as("hope", startDraft, { title: preset }, call);
  const document = { ...PRESETS[preset], reachesBackTo };
  const edited = await company.as("hope", editDraft, { policyId, version, document }, call);
  const proposal = { policyId, version: edited.version, activeFrom };
  const { hash } = await company.as("hope", proposePolicy, proposal, call);
  for (const person of ["carl", "fay", "hope"] as const)
    await company.as(person, signPolicy, { policyId, hash, password: PASSWORD }, call);
  return hash as string;
}

beforeAll(async () => {
  company = await openCompany();
  await guardedTransaction(company.client, { actor: "system:test", request: "R-1" }, async (tx) => {
    await tx.execute(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome) values
        ('D-closed', 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, ${TODAY}::date - 20, 'won'),
        ('D-open', 'Ana Ruiz', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200, null, 'open')`);
    // Late, direct help: nothing in two buckets, co-sell in triple tier.
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || d.id || k, d.id, 'P-1', 'joint_demo', 4, ${TODAY}::date - 90, ${TODAY}::date - 90, 'note:x', 'direct'
      from deals d, generate_series(1, 2) k`);
  });
});
afterAll(() => company.close());

test("a closed deal is judged by the policy of its close, whatever day it is judged on", async () => {
  const { db } = company.client;
  const preset = policyHash(PRESETS.two_bucket);
  const first = await signed("two_bucket", TODAY, addDays(TODAY, -30));
  const second = await signed("triple_tier", AMENDED);
  const book = await policyBook(db);
  for (const [asOf, closedUnder, open] of [
    // Looked at as of a day before anything was in force, the preset judges both.
    [addDays(TODAY, -1), preset, { outcome: "none", policyHash: preset }],
    [addDays(AMENDED, -1), first, { outcome: "none", policyHash: first }],
    [AMENDED, first, { outcome: "co_sell", policyHash: second }],
  ] as const) {
    const expected = { "D-closed": { outcome: "none", policyHash: closedUnder }, "D-open": open };
    const judged = [];
    for await (const batch of judgedUnder(db, { asOf })) judged.push(...batch);
    const sealed = await dealDocuments(db, Object.keys(expected), asOf, book);
    for (const documents of [judged, sealed])
      expect(
        Object.fromEntries(
          documents.map(({ facts, result, policyHash }) => [
            facts.deal.id,
            { outcome: result.outcome, policyHash },
          ]),
        ),
      ).toEqual(expected);
  }
});
