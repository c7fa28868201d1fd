import { sql } from "drizzle-orm";
import { z } from "zod";
import { mayKeepModel } from "@/lib/commands/evidence/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

const lookShape = z.object({
  file: z.string(),
  state: z.enum(["waiting", "read", "failed"]),
  problem: z.string().nullable(),
  /** SHA-256 of what was sent, as the log names it. */
  sentSha256: z.string().nullable(),
  proposed: z.int(),
  /** What of its answer did not stand, each with the reason. */
  dropped: z.array(z.string()),
});

/** Which model reads evidence besides the rules, and what became of it; no key is among it. */
export const evidenceModel = defineQuery({
  name: "evidence-model",
  summary:
    "Which model reads what is handed in besides the rules, if any, and how it fared with the latest files.",
  only: ["admin", "finance", "cro", "head_of_partnerships", "auditor"],
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    model: z.object({ address: z.string(), model: z.string(), hasKey: z.boolean() }).nullable(),
    waiting: z.int(),
    latest: z.array(lookShape),
    may: z.object({ keep: mayShape }),
  }),
  async run({ db, actor }) {
    const [found] = await db.execute<{ address: string; model: string; hasKey: boolean }>(
      sql`select address, model, sealed is not null as "hasKey" from evidence_models`,
    );
    const latest = await db.execute<z.output<typeof lookShape> & Record<string, unknown>>(sql`
      select f.name as file, r.state, r.problem, r.sent_sha256 as "sentSha256", coalesce(r.dropped, '[]') as dropped,
        (select count(*)::int from evidence_proposals p where p.evidence_id = f.id and p.reader = 'model') as proposed
      from model_readings r join evidence_files f on f.id = r.evidence_id
      order by f.created_at desc, f.id limit 20`);
    const [waits] = await db.execute<{ many: number }>(
      sql`select count(*)::int as many from model_readings where state = 'waiting'`,
    );
    return {
      model: found ?? null,
      waiting: waits?.many ?? 0,
      latest: [...latest],
      may: { keep: maySay(mayKeepModel, actor, undefined) },
    };
  },
});
