import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { confirmRole } from "../role/confirm-role";
import { tagPartner } from "../role/tag-partner";
import { closeDeal } from "./close-deal";
import { confirmNoPartner } from "./confirm-no-partner";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** What `write` becomes when somebody else, who has the deal, does `first` and commits while it waits. */
async function waitsFor(dealId: string, first: (tx: Tx) => Promise<unknown>, write: () => Promise<unknown>) {
  let waiting: Promise<unknown> = Promise.resolve();
  await guardedTransaction(company.client, { actor: "user:pam", request: "R-first" }, async (tx) => {
    const raised = { version: sql`${deals.version} + 1` };
    await tx.update(deals).set(raised).where(eq(deals.id, dealId));
    waiting = write();
    waiting.catch(() => {});
    await vi.waitFor(
      async () => {
        // Files of tests share the server: a lock that another one waits for is no news here.
        const [locks] = await company.client.db.execute<{ n: number }>(sql`
          select count(*)::int as n from pg_locks join pg_stat_activity using (pid)
          where not granted and datname = current_database()`);
        expect(locks?.n).toBeGreaterThan(0);
      },
      { timeout: 10_000 },
    );
    await first(tx);
  });
  return waiting;
}

test("what a write waited for is seen by the write that waited", async () => {
  const dealId = await company.deal();
  await company.as("ana", confirmNoPartner, { dealId });
  const row = { touchStage: 1, touchedOn: TODAY, recordedOn: TODAY, role: "sourcer" } as const;
  const closing = waitsFor(
    dealId,
    (tx) => tx.insert(roleRows).values({ id: "T-first", dealId, partnerId: "P-1", ...row }),
    () => company.as("ana", closeDeal, { dealId, outcome: "won" }),
  );
  await expect(closing).rejects.toMatchObject({ rule: expect.stringContaining("waits for the AE") });
});

test("a row that was refused or taken back meanwhile is not confirmed", async () => {
  const dealId = await company.deal();
  const tagged = async (partnerId: string) =>
    (await company.as("pam", tagPartner, { dealId, partnerId, role: "sourcer" })).rowId;
  const [refused, gone] = [await tagged("P-1"), await tagged("P-2")];
  const confirm = (rowId: string) => () => company.as("ana", confirmRole, { rowId });
  const refusal = { refusedOn: TODAY, refusedBy: "ana", refusedReason: "Not known here" };
  const refuse = (tx: Tx) => tx.update(roleRows).set(refusal).where(eq(roleRows.id, refused));
  await expect(waitsFor(dealId, refuse, confirm(refused))).rejects.toMatchObject({
    rule: expect.stringContaining("It was refused"),
  });
  const remove = (tx: Tx) => tx.delete(roleRows).where(eq(roleRows.id, gone));
  await expect(waitsFor(dealId, remove, confirm(gone))).rejects.toMatchObject({ code: "not_found" });
});
