import type { Client } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { syncPage } from "@/lib/commands/connection/sync-page";
import { rehearse } from "@/lib/commands/door";
import type { Source } from "@/lib/connectors/source";
import { type RehearsedSync, readingOf, type TriedRecord } from "@/lib/interchange/connection";
import { oneId } from "@/lib/interchange/ids";
import { connectionActor, type Taken } from "./connection-taken";

/** Deals that a dry run looks at: those that changed last. */
const LOOKED_AT = 50;
const REFUSALS_SHOWN = 50;

/** What a sync would change, by the very verb that a sync lands its pages with, rolled back; and one record as it is read. */
export async function rehearseSync(
  client: Client,
  one: Taken,
  source: Source,
  today: Day,
): Promise<RehearsedSync> {
  const ids = await source.latest(LOOKED_AT);
  const { batches } = await source.deals(ids);
  const page = { runId: "CR-rehearsal", stream: "rehearsal", from: null, to: {}, batches, gone: [] };
  const { answer } = await rehearse(
    syncPage,
    { connectionId: one.id, ...page },
    { actor: connectionActor(one), client, today },
  );
  const { read, created, updated, unchanged, refused } = answer!;
  return {
    ...{ at: new Date(Date.now()).toISOString(), settings: readingOf(one.settings) },
    ...{ read, created, updated, unchanged, refused: refused.slice(0, REFUSALS_SHOWN) },
    isAll: ids.length < LOOKED_AT,
    tried: ids[0] === undefined ? null : await tryOne(source, ids[0]),
  };
}

async function tryOne(source: Source, id: string): Promise<TriedRecord> {
  const [there, { batches }] = await Promise.all([source.raw(id), source.deals([id])]);
  return {
    ...{ key: oneId(id), there },
    rows: batches.flatMap(({ kind, rows }) => rows.map(({ values }) => ({ kind, values }))),
    refused: batches.flatMap(({ refused }) => refused),
  };
}
