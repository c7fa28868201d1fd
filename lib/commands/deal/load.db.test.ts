import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "./close-deal";
import { confirmNoPartner } from "./confirm-no-partner";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

test("what a write waited for is seen by the write that waited", async () => {
  const { client } = company;
  const dealId = await company.deal();
  await company.as("ana", confirmNoPartner, { dealId });
  let closing: Promise<unknown> = Promise.resolve();
  await guardedTransaction(client, { actor: "user:pam", request: "R-first" }, async (tx) => {
    const raised = { version: sql`${deals.version} + 1` };
    await tx.update(deals).set(raised).where(eq(deals.id, dealId));
    closing = company.as("ana", closeDeal, { dealId, outcome: "won" });
    closing.catch(() => {});
    await vi.waitFor(async () => {
      const [waiting] = await client.db.execute<{ n: number }>(sql`
        select count(*)::int as n from pg_locks where not granted`);
      expect(waiting?.n).toBeGreaterThan(0);
    });
    const row = { touchStage: 1, touchedOn: TODAY, recordedOn: TODAY, role: "sourcer" } as const;
    await tx.insert(roleRows).values({ id: "T-first", dealId, partnerId: "P-1", ...row });
  });
  await expect(closing).rejects.toMatchObject({ rule: expect.stringContaining("wait for the AE") });
});
