import { eq } from "drizzle-orm";
import { lockDeals } from "@/db/interchange";
import { dealsStillOpen, type MovedRow, renameBack } from "@/db/merged-partners";
import { partners } from "@/db/schema/partners";
import { refuse } from "@/lib/errors";
import { mustHavePartner } from "../deal/load";
import { type Entry, mustMayBack, mustStandAsLeft, noteBack, sidesOf } from "../entry-back";
import { maySay } from "../guard";
import type { WriteContext } from "../verb";
import { mayEditPartner } from "./guards";

/**
 * Takes a merge back whole: what it moved names the first record again, and that stands for itself. Refused once one
 * of the deals has closed, since no undo passes a lock (§8.3), and where somebody changed the records since.
 */
export async function unmerge(context: WriteContext, entries: readonly Entry[]): Promise<void> {
  const { tx, actor, touch } = context;
  mustMayBack(maySay(mayEditPartner, actor, undefined));
  const own = entries.at(-1)!;
  const from = own.subjectId;
  const to = (sidesOf(own).after as { mergedInto: string }).mergedInto;
  for (const id of [from, to].sort()) await mustHavePartner(context, id, "update");
  const rows = entries.slice(0, -1).map(({ subjectKind, subjectId, dealId }) => ({
    ...{ kind: subjectKind as MovedRow["kind"], id: subjectId, dealId },
  }));
  const dealIds = [...new Set(rows.flatMap(({ dealId }) => dealId ?? []))].sort();
  await lockDeals(tx, dealIds);
  const open = await dealsStillOpen(tx, dealIds);
  if (open < dealIds.length)
    refuse(
      "request",
      own.request,
      "A deal that it was about closed since: what was claimed by then is locked",
    );
  mustStandAsLeft(own, await mustHavePartner(context, from));
  await tx.update(partners).set({ mergedInto: null }).where(eq(partners.id, from));
  if ((await renameBack(tx, { from, to }, rows)) < rows.length)
    refuse("request", own.request, "Somebody changed what it moved since; what stands now was kept");
  for (const entry of entries.toReversed()) {
    const { before, after } = sidesOf(entry);
    noteBack(context, entry, after, before);
  }
  for (const id of dealIds) touch(id);
}
