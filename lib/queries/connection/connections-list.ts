import { sql } from "drizzle-orm";
import { z } from "zod";
import { mayKeepConnection } from "@/lib/commands/connection/guards";
import { maySay } from "@/lib/commands/guard";
import { CONNECTION_ASKS, CONNECTION_SYSTEMS } from "@/lib/interchange/connection";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

const instant = z.iso.datetime().nullable();

/** Whoever answers for what connections bring, or looks after them. */
export const READS_CONNECTIONS = ["admin", "finance", "cro", "head_of_partnerships", "auditor"] as const;

/** An instant as the API writes it. */
export const utc = (column: ReturnType<typeof sql>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const connectionsList = defineQuery({
  name: "connections-list",
  summary:
    "The systems that are read: whether each is on and a witness, how its last sync went, what is to settle.",
  only: READS_CONNECTIONS,
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    connections: z.array(
      z.object({
        id: z.string(),
        system: z.enum(CONNECTION_SYSTEMS),
        name: z.string(),
        address: z.string(),
        onSince: instant,
        acceptedOn: z.string().nullable(),
        /** What somebody asked of it and is not done. */
        asked: z.enum(CONNECTION_ASKS).nullable(),
        problem: z.string().nullable(),
        /** When it last read to its end. */
        readAt: instant,
        refused: z.int(),
        differs: z.int(),
      }),
    ),
    may: z.object({ keep: mayShape }),
  }),
  async run({ db, actor }) {
    const rows = await db.execute<Record<string, unknown>>(sql`
      select c.id, c.system, c.name, c.address, ${utc(sql`c.on_since`)} as "onSince", c.accepted_on as "acceptedOn",
        c.asked, c.problem,
        (select ${utc(sql`max(r.ended_at)`)} from connection_runs r where r.connection_id = c.id and r.problem is null)
          as "readAt",
        (select count(*)::int from source_records s where s.connection_id = c.id and s.refused is not null) as refused,
        (select count(*)::int from source_records s where s.connection_id = c.id and s.differs is not null) as differs
      from connections c order by c.created_at, c.id`);
    return {
      connections: [...rows] as never,
      may: { keep: maySay(mayKeepConnection, actor, undefined) },
    };
  },
});
