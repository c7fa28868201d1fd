import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { CONNECTION_SYSTEMS, type ConnectionSystem } from "@/lib/interchange/connection";
import { CHANGED_FIELDS, type ChangedField } from "@/lib/interchange/deal-change";
import { dayShape } from "../shapes";

/** Those of a stage stand in the stage history, which the CRM never lets go of. */
const SHOWN = CHANGED_FIELDS.filter((field) => field !== "stage");
/** The latest: an amount that a robot writes every night has a long history. */
const MOST = 200;

export const changedShape = z.object({
  kind: z.literal("changed"),
  id: z.string(),
  on: dayShape,
  /** Whose history tells of it. */
  system: z.enum(CONNECTION_SYSTEMS),
  field: z.enum(CHANGED_FIELDS),
  /** As the CRM has it: an amount in major units, a day, a name. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Who made it there. */
  by: z.string().nullable(),
});

/** What the CRM's own history tells of the deal, oldest first (docs/connections.md). */
export async function readChanges(db: Db, dealId: string): Promise<z.output<typeof changedShape>[]> {
  const rows = await db.execute<{
    id: string;
    on: string;
    system: ConnectionSystem;
    field: ChangedField;
    before: string | null;
    after: string | null;
    by: string | null;
  }>(sql`
    select * from (
      select h.key as id, (h.at at time zone s.time_zone)::date::text as "on", c.system::text as system, h.field,
        h.before, h.after, h.by, h.at
      from deal_changes h join connections c on c.id = h.connection_id, settings s
      where h.deal_id = ${dealId} and h.field = any(${sql.param(SHOWN)}::text[])
      order by h.at desc, h.key desc limit ${MOST}) latest
    order by at, id`);
  return [...rows].map(({ id, on, system, field, before, after, by }) => ({
    ...{ kind: "changed" as const, id, on, system, field, before, after, by },
  }));
}
