import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exceptions } from "@/db/schema/exceptions";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { likeExceptions } from "./like-exceptions";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** A late claim on a won deal: the case that it opens. */
async function lateClaim(role = "influencer", touchStage = 2): Promise<string> {
  const dealId = await company.deal();
  const closed = { today: "2026-05-10" };
  await company.as("ana", confirmNoPartner, { dealId }, closed);
  await company.as("ana", closeDeal, { dealId, outcome: "won" }, closed);
  await company.as("pam", tagPartner, {
    dealId,
    partnerId: "P-1",
    role,
    touchStage,
    touchedOn: "2026-05-05",
  });
  const found = await company.client.db.select().from(exceptions).where(eq(exceptions.dealId, dealId));
  return found.find(({ kind }) => kind === "late_record")!.id;
}

async function decide(exceptionId: string, decision: object): Promise<void> {
  for (const person of ["hope", "fay"] as const) {
    const [{ version } = { version: 1 }] = await company.client.db
      .select()
      .from(exceptions)
      .where(eq(exceptions.id, exceptionId));
    const reason = `as ${person} sees it`;
    await company.as(person, decideException, { exceptionId, version, reason, ...decision });
  }
}
const RULED = { decision: "ruling", partnerId: "P-1", outcome: "influenced" };

const look = async (exceptionId: string) => {
  const context = { db: company.client.db, actor: company.actor("fay"), today: TODAY };
  return likeExceptions.output.parse(await answer(likeExceptions, { exceptionId }, context));
};

test("a case shows the like ones decided before it, the closest first, and how they usually were", async () => {
  const first = await lateClaim();
  expect(await look(first)).toMatchObject({ of: 0, like: [], usual: null });
  const [second, third] = [await lateClaim(), await lateClaim()];
  const unlike = await lateClaim("sourcer", 0);
  const open = await lateClaim();
  for (const one of [first, second]) await decide(one, RULED);
  await decide(unlike, { decision: "rule_upheld" });
  await decide(third, RULED);

  const { like, usual, of, traits } = await look(open);
  expect(traits).toMatchObject({ roles: "influencer", evidence: "stated" });
  expect(of).toBe(4);
  expect(like.map(({ id, shared }) => [id, shared.length])).toEqual([
    [third, 5],
    [second, 5],
    [first, 5],
    [unlike, 3],
  ]);
  expect(like[0]).toMatchObject({ decision: "ruling", outcome: "influenced", reason: "as fay sees it" });
  expect(usual).toEqual({ decision: "ruling", outcome: "influenced", count: 3, of: 4 });
  // What was decided later is no precedent of what was decided before.
  expect((await look(second)).like.map(({ id }) => id)).toEqual([first]);
});

test("a case that is not there is refused by name", async () => {
  await expect(look("E-none")).rejects.toMatchObject({ field: "exceptionId", value: "E-none" });
});
