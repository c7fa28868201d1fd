import { eq } from "drizzle-orm";
import { z } from "zod";
import { lockDeals } from "@/db/interchange";
import { dealsNaming, type MovedRow, renameOnDeals, renameRecords } from "@/db/merged-partners";
import { partners } from "@/db/schema/partners";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Result } from "@/lib/attribution/result";
import { type Stand, standOf } from "@/lib/judging/stand";
import { mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayMergePartners } from "./guards";

/**
 * The record of a partner that was entered twice becomes the other one (§1). It leaves every outcome and sum as it
 * was: only what stands on open deals goes along, and only where the deal is judged as before.
 */
export const mergePartners = defineVerb({
  name: "merge-partners",
  summary: "Merge two records of one partner",
  input: z.strictObject({ mergedId: field.id, intoId: field.id }),
  output: z.object({
    partnerId: z.string(),
    /** Open deals whose facts name the other record from now on. */
    moved: z.array(z.object({ id: z.string(), account: z.string().nullable() })),
    /** Open deals that stay as they are: both stand there, a case or ruling names one, or they would be judged otherwise. */
    apart: z.array(z.object({ id: z.string(), account: z.string().nullable() })),
    /** Closed deals, which keep the record they were closed with (§8.3). */
    closed: z.int(),
    contacts: z.int(),
  }),
  guard: mayMergePartners,
  async subject(context, { mergedId, intoId }) {
    // In order of id; locked before their deals are listed, so that what is said at the same moment is not missed.
    const locked = new Map<string, typeof partners.$inferSelect>();
    for (const id of [...new Set([mergedId, intoId])].sort())
      locked.set(id, await mustHavePartner(context, id, "update"));
    return { merged: locked.get(mergedId)!, into: locked.get(intoId)! };
  },
  async run(context, { mergedId, intoId }, { merged }) {
    const { tx, audit, touch } = context;
    const names = { from: mergedId, to: intoId };
    const found = await dealsNaming(tx, mergedId, intoId);
    await lockDeals(tx, [...found.movable, ...found.apart].sort());
    // Read again: one may have closed while the lock waited.
    const { movable, apart, closed } = await dealsNaming(tx, mergedId, intoId);
    const before = await standsOf(context, [...movable, ...apart]);
    let moved: MovedRow[] = await renameOnDeals(tx, names, movable, true);
    const after = await standsOf(context, movable);
    const otherwise = movable.filter((id) => !isJudgedAlike(before.get(id)!, after.get(id)!, names));
    if (otherwise.length > 0) {
      await renameOnDeals(tx, { from: intoId, to: mergedId }, otherwise, false);
      moved = moved.filter(({ dealId }) => dealId === null || !otherwise.includes(dealId));
    }
    const records = await renameRecords(tx, names);
    const [left] = await tx
      .update(partners)
      .set({ mergedInto: intoId })
      .where(eq(partners.id, mergedId))
      .returning();
    for (const row of [...moved, ...records]) tell(context, row, names);
    audit({ subjectKind: "partner", subjectId: mergedId, dealId: null, before: merged, after: left });
    const along = movable.filter((id) => !otherwise.includes(id));
    for (const id of along) touch(id);
    const named = (id: string) => ({ id, account: before.get(id)?.account ?? null });
    return {
      partnerId: intoId,
      moved: along.map(named),
      apart: [...apart, ...otherwise].sort().map(named),
      closed,
      contacts: records.filter(({ kind }) => kind === "partner_contact").length,
    };
  },
});

/** In the log stands of each row what changed, so that taking it back keeps what somebody changes beside it. */
function tell({ audit }: WriteContext, { kind, id, dealId }: MovedRow, names: { from: string; to: string }) {
  const said = (partnerId: string) =>
    kind === "partner" ? { id, mergedInto: partnerId } : { id, partnerId };
  audit({ subjectKind: kind, subjectId: id, dealId, before: said(names.from), after: said(names.to) });
}

const standsOf = async ({ tx, today, policies }: WriteContext, dealIds: readonly string[]) =>
  standOf(tx, dealIds, today, await policies());

/** The same answer to the last minor unit, but for the record's id and the place that it gives a partner. */
function isJudgedAlike(before: Stand, after: Stand, { from, to }: { from: string; to: string }): boolean {
  const renamed = (result: Result) => ({
    ...result,
    partners: result.partners
      .map((one) => ({ ...one, partnerId: one.partnerId === from ? to : one.partnerId }))
      .sort((one, other) => (one.partnerId < other.partnerId ? -1 : 1)),
  });
  return canonicalJson(renamed(before.result)) === canonicalJson(renamed(after.result));
}
