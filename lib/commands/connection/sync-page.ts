import { sql } from "drizzle-orm";
import { z } from "zod";
import { clockOf } from "@/db/interchange";
import { canonicalJson } from "@/lib/attribution/canonical";
import { Refusal } from "@/lib/errors";
import { CHANGED_FIELDS } from "@/lib/interchange/deal-change";
import { KINDS, type Kind } from "@/lib/interchange/kinds";
import { readRows } from "@/lib/interchange/read-row";
import type { Plan } from "@/lib/interchange/stored";
import { refuseDeals } from "@/lib/sealing/refuse-deals";
import { land } from "../import/land";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { entryOfDay, noteLanded } from "./entry";
import { mayKeepConnection } from "./guards";
import { keepChanges } from "./keep-changes";
import { keepingDecided } from "./keeping";
import { lockConnection } from "./load";
import { rememberRefused } from "./remember";
import { removeGone } from "./remove-gone";
import { tellOfRegistrations } from "./tell-of-registrations";

/** What one page of a source says of one kind. */
const batchShape = z.strictObject({
  kind: z.enum(KINDS).exclude(["costs", "rates"]),
  rows: z
    .array(
      z.strictObject({
        line: z.int().min(1),
        values: z.record(z.string(), z.string()),
        /** Columns that stay as they were first brought: the source does not say when. */
        stays: z.array(z.enum(["touched_on", "recorded_on", "touch_stage", "decided_on"])).optional(),
      }),
    )
    .max(10_000),
  /** Records that could not be read, with the reason. */
  refused: z
    .array(z.strictObject({ key: z.string(), field: z.string(), value: z.string(), reason: z.string() }))
    .default([]),
  /** Of these deals the rows are all that the source has: others that it brought are gone there. */
  wholeOf: z.array(field.id).default([]),
});

/** What the source's own history tells of a deal, as `DealChange` has it. */
const changeShape = z.strictObject({
  key: field.id,
  dealId: field.id,
  field: z.enum(CHANGED_FIELDS),
  before: z.string().max(4_000).nullable(),
  after: z.string().max(4_000).nullable(),
  at: z.iso.datetime(),
  by: z.string().max(255).nullable(),
  amends: field.day.nullable(),
});

export const syncPage = defineVerb({
  name: "sync-page",
  summary: "Land a page of what a connection reads, and move its cursor with it",
  input: z.strictObject({
    connectionId: field.id,
    runId: field.id,
    stream: z.string().min(1).max(50),
    /** Where the page begins, as the last one left it: null at the beginning. */
    from: z.json(),
    to: z.json(),
    batches: z.array(batchShape).max(10),
    /** Role rows that are gone there, and deals that are and stay here, with the reason. */
    gone: z
      .array(
        z.strictObject({ kind: z.enum(["roles", "deals"]), key: field.id, stays: z.string().optional() }),
      )
      .default([]),
    changes: z.array(changeShape).max(10_000).default([]),
    /** What the source could not tell any more. */
    missed: z.string().max(1_000).nullable().default(null),
    /** What was heard and the page answers, as it was heard then: a later word stays for the next page. */
    hints: z.array(z.strictObject({ key: field.id, at: z.string().max(40) })).default([]),
  }),
  output: z.object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.array(z.object({ key: z.string(), field: z.string(), value: z.string(), reason: z.string() })),
    removed: z.int(),
  }),
  guard: mayKeepConnection,
  mirrors: true,
  timeoutMs: 120_000,
  subject: async (context, { connectionId }) => ({ connection: await lockConnection(context, connectionId) }),
  async run(context, input, { connection }) {
    const { connectionId, runId, stream } = input;
    await moveCursor(context, input);
    const sum = { read: 0, created: 0, updated: 0, unchanged: 0, removed: 0 };
    const refused: { key: string; field: string; value: string; reason: string }[] = [];
    for (const batch of input.batches) {
      const landed = await landBatch(context, connection, batch);
      for (const name of ["read", "created", "updated", "unchanged", "removed"] as const)
        sum[name] += landed[name];
      refused.push(...landed.refused);
    }
    sum.removed += await removeGone(context, connectionId, input.gone);
    const kept = await keepChanges(context, connectionId, input.changes);
    sum.read += input.changes.length;
    sum.created += kept;
    sum.unchanged += input.changes.length - kept;
    const { tx, audit } = context;
    if (input.hints.length > 0)
      await tx.execute(sql`
        delete from connection_hints h using jsonb_to_recordset(${JSON.stringify(input.hints)}::text::jsonb)
          as answered (key text, at timestamptz)
        where h.connection_id = ${connectionId} and h.key = answered.key and h.at = answered.at`);
    await tx.execute(sql`
      update connection_runs set stream = ${stream}, read = read + ${sum.read}, created = created + ${sum.created},
        updated = updated + ${sum.updated}, unchanged = unchanged + ${sum.unchanged},
        refused = refused + ${refused.length}, removed = removed + ${sum.removed},
        missed = coalesce(${input.missed}, missed)
      where id = ${runId} and connection_id = ${connectionId}`);
    audit({
      ...{ subjectKind: "connection", subjectId: connectionId, dealId: null },
      ...{
        before: { stream, cursor: input.from },
        after: { stream, cursor: input.to, ...sum, run: runId, missed: input.missed },
      },
    });
    return { ...sum, refused };
  },
});

type Input = z.output<typeof syncPage.input>;
type Connection = Awaited<ReturnType<typeof lockConnection>>;

/** Moves it from where the page begins: of two processes that read one page, the second is told to stop. */
async function moveCursor({ tx }: WriteContext, { connectionId, stream, from, to }: Input): Promise<void> {
  const [stands] = await tx.execute<{ cursor: unknown }>(sql`
    select cursor from connection_cursors where connection_id = ${connectionId} and stream = ${stream} for update`);
  if (canonicalJson(stands?.cursor ?? null) !== canonicalJson(from ?? null))
    throw new Refusal({
      ...{ code: "conflict", field: "from", value: from },
      rule: "another process has gone on from here",
    });
  await tx.execute(sql`
    insert into connection_cursors (connection_id, stream, cursor)
    values (${connectionId}, ${stream}, ${JSON.stringify(to ?? null)}::text::jsonb)
    on conflict (connection_id, stream) do update set cursor = excluded.cursor, moved_at = now()`);
}

async function landBatch(context: WriteContext, connection: Connection, batch: Input["batches"][number]) {
  const { tx, today } = context;
  const { kind, wholeOf } = batch;
  const { keep, rows, goneOf } = await keepingDecided(context, connection.id, kind, batch.rows);
  const keys = new Map(rows.map(({ line, values }) => [line, values.id ?? values.deal_id ?? ""]));
  const read = readRows(kind, rows, await clockOf(tx, today));
  const held = await refuseDeals(tx, kind, read.good, false);
  // What is gone makes room first: another row may have its place by now.
  const gone = wholeOf.length > 0 ? await goneOf(wholeOf) : [];
  const removed = await removeGone(
    context,
    connection.id,
    gone.map((key) => ({ kind: "roles" as const, key })),
  );
  const importId = rows.length > 0 ? await entryOfDay(context, connection, kind) : null;
  const plan = await land(context, kind as Kind, held.good as never, { replaces: false, importId, keep });
  const refused = [
    ...batch.refused,
    ...[...read.refused, ...held.refused, ...plan.refused].map(({ line, ...why }) => ({
      ...why,
      key: keys.get(line) ?? "",
    })),
  ];
  await rememberRefused(context, connection.id, kind, refused);
  if (kind === "registrations") await tellOfRegistrations(context, plan as Plan<"registrations">);
  const { created, updated, unchanged } = plan;
  const counts = { read: rows.length + batch.refused.length, created, updated, unchanged };
  if (importId) await noteLanded(context, importId, { ...counts, refused: refused.length });
  return { ...counts, refused, removed };
}
