import { loadKnown, saveWrites } from "@/db/interchange";
import { type DealStanding, type LoggedChange, sayNoPartnerAgain } from "@/db/take-back";
import type { Kind } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { WriteContext } from "../verb";
import type { FileEntry } from "./file";
import { historyBack } from "./history-back";
import { NAMES_A_PARTNER, SUBJECTS } from "./land";
import type { RowsBack, Stay } from "./take-back-rows";

/**
 * Takes back what a file said of its deals' history. Of a file of deals an entry is no row: its deal is one that went
 * back by it, and one that stays keeps it.
 */
export async function takeBackHistory(
  { tx, demo, today, audit, touch }: WriteContext,
  kind: Kind,
  file: FileEntry,
  logged: readonly LoggedChange[],
  deals: ReadonlyMap<string, DealStanding>,
  rows: RowsBack,
): Promise<{ removed: number; restored: number; stays: Stay[] }> {
  const stay = new Set(rows.stays.map(({ id }) => id));
  const ofDeals = new Map<string, LoggedChange[]>();
  for (const change of logged)
    if (
      change.subjectKind === "stage_entry" &&
      deals.has(change.dealId!) &&
      !rows.gone.has(change.dealId!) &&
      !stay.has(change.dealId!)
    )
      ofDeals.set(change.dealId!, [...(ofDeals.get(change.dealId!) ?? []), change]);
  const asked = [...ofDeals.keys()].map(
    (dealId) => ({ line: 0, row: { dealId } }) as ReadRow<"stage_history">,
  );
  const { stored } = await loadKnown(tx, "stage_history", asked, today);
  const answer = { removed: 0, restored: 0, stays: [] as Stay[] };
  const plan = {
    removed: [] as (typeof stored)[number][],
    writes: [] as ReturnType<typeof historyBack>["writes"],
    renamed: [],
  };
  for (const [dealId, changes] of ofDeals) {
    const standing = stored.filter((entry) => entry.dealId === dealId);
    const back = historyBack(changes, standing, deals.get(dealId)!, file.id);
    plan.removed.push(...back.removed);
    plan.writes.push(...back.writes);
    for (const { before, after } of back.told) {
      const subjectId = SUBJECTS.stage_history.idOf((after ?? before)!);
      audit({ subjectKind: "stage_entry", subjectId, dealId, before, after });
      touch(dealId);
    }
    answer.stays.push(...back.stays.map(({ entry, reason }) => ({ id: dealId, row: { ...entry }, reason })));
    if (kind === "deals") answer.restored += back.told.length > 0 && !rows.back.has(dealId) ? 1 : 0;
    else {
      const gone = back.told.filter(({ after }) => after === null).length;
      answer.removed += gone;
      answer.restored += back.told.length - gone;
    }
  }
  await saveWrites(tx, "stage_history", plan, { demo, today });
  return answer;
}

/** A file that named a partner took back that nobody was involved; where none is named any more it is said again. */
export async function sayAgain(
  { tx, audit, touch }: WriteContext,
  kind: Kind,
  logged: readonly LoggedChange[],
): Promise<void> {
  if (!NAMES_A_PARTNER.includes(kind)) return;
  const said = logged.flatMap(({ subjectKind, dealId, before }) =>
    subjectKind === "deal" && dealId && before
      ? [{ dealId, noPartnerOn: String(before.noPartnerOn), noPartnerBy: String(before.noPartnerBy) }]
      : [],
  );
  const again = await sayNoPartnerAgain(tx, said);
  for (const { dealId, ...after } of said.filter((one) => again.has(one.dealId))) {
    audit({
      subjectKind: "deal",
      subjectId: dealId,
      dealId,
      before: { noPartnerOn: null, noPartnerBy: null },
      after,
    });
    touch(dealId);
  }
}
