import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { mayConfirmNoPartner } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayConfirmRole, mayTagPartner, type OfRole } from "@/lib/commands/role/guards";
import { lockedAmong } from "@/lib/reconciling/months";
import { mayShape } from "../shapes";
import type { DealSource } from "./deal-source";
import { type DealLine, dealLineShape } from "./deals-page";

/** A line of a list with what the person asking may do to its deal right there. */
export const listedDealShape = dealLineShape.extend({
  may: z.object({
    tag: mayShape,
    noPartner: mayShape,
    /** Of each row that waits for the AE, in the order of `partners`. */
    confirm: z.array(z.object({ rowId: z.string(), may: mayShape })),
  }),
});
export type ListedDeal = z.output<typeof listedDealShape>;

interface WaitingRow extends Record<string, unknown> {
  id: string;
  recordedBy: string | null;
  changedBy: string | null;
  recordedOn: Day;
  confirmedOn: Day | null;
  refusedOn: Day | null;
}

const PAST = "It stands here as it was on a past day: open the deal to see it as it is now";
const FROZEN = "It stands here as its quarter was frozen: open the deal to see it as it is now";

/** What may be done to each deal, of its guards; one statement for the rows that wait, whatever the number of lines. */
export async function withMay(
  db: Db,
  actor: Actor,
  lines: readonly DealLine[],
  { seal, past }: DealSource,
): Promise<ListedDeal[]> {
  const waitingOf = ({ partners }: DealLine) =>
    partners.flatMap(({ rowId, confirmed }) => (rowId !== null && !confirmed ? [rowId] : []));
  if (seal || past) {
    const may = seal ? FROZEN : PAST;
    return lines.map((line) => ({
      ...line,
      may: { tag: may, noPartner: may, confirm: waitingOf(line).map((rowId) => ({ rowId, may })) },
    }));
  }
  const monthOf = ({ closedOn }: DealLine) => closedOn?.slice(0, 7) ?? "";
  const [rows, locked] = await Promise.all([
    readWaiting(db, lines.flatMap(waitingOf)),
    lockedAmong(db, [...new Set(lines.map(monthOf))]),
  ]);
  return lines.map((line) => {
    const monthLocked = locked.has(monthOf(line));
    const deal = { owner: line.owner, outcome: line.state, closedOn: line.closedOn, monthLocked };
    // The guard asks how many there are.
    const standing = line.partners.filter(({ rowId }) => rowId !== null).map(() => ({ confirmedOn: null }));
    const confirm = waitingOf(line).flatMap((rowId) => {
      const row = rows.get(rowId);
      return row ? [{ rowId, may: maySay(mayConfirmRole, actor, { deal, row }) }] : [];
    });
    return {
      ...line,
      may: {
        tag: maySay(mayTagPartner, actor, { deal }),
        noPartner: maySay(mayConfirmNoPartner, actor, { deal, rows: standing }),
        confirm,
      },
    };
  });
}

/** Role rows by id, as their guards ask about them. */
export async function readWaiting(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OfRole["row"]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<WaitingRow>(sql`
    select id, recorded_by as "recordedBy", changed_by as "changedBy", recorded_on::text as "recordedOn",
      confirmed_on::text as "confirmedOn", refused_on::text as "refusedOn"
    from role_rows where id = any(${sql.param(ids)}::text[])`);
  return new Map([...rows].map((row) => [row.id, row]));
}
