import { sql } from "drizzle-orm";
import type { Difference } from "@/lib/interchange/connection";
import { oneId } from "@/lib/interchange/ids";
import { keepDecided, type RememberedKind } from "@/lib/interchange/keep-decided";
import type { InterchangeRow, Kind } from "@/lib/interchange/kinds";
import type { Known, Plan } from "@/lib/interchange/stored";
import type { WriteContext } from "../verb";
import { remember } from "./remember";

/** A row of a page; `stays`: columns that stay as they were first brought. */
export interface PageRow extends InterchangeRow {
  stays?: readonly string[];
}

const STORED_AS: Readonly<Record<string, string>> = {
  touched_on: "touchedOn",
  recorded_on: "recordedOn",
  touch_stage: "touchStage",
  decided_on: "decidedOn",
};

type Said = Record<string, unknown>;

/** How the rows of a page land beside what people decided here, and are remembered. */
export async function keepingDecided(
  context: WriteContext,
  connectionId: string,
  kind: Kind,
  given: readonly PageRow[],
) {
  const { tx } = context;
  if (kind === "stage_history" || kind === "costs" || kind === "rates")
    return { keep: undefined, rows: given as InterchangeRow[], goneOf: async () => [] as string[] };
  const keys = given.map(({ values }) => oneId(values.id?.trim() ?? ""));
  const found = await tx.execute<{ key: string; said: Said; differs: Difference[] | null }>(sql`
    select key, said, differs from source_records where connection_id = ${connectionId} and kind = ${kind}
      and key = any(${sql.param(keys)}::text[]) and said is not null`);
  const said = new Map([...found].map(({ key, said }) => [key, said]));
  const differs = new Map([...found].map((one) => [one.key, one.differs ?? []]));
  const refused = new Set(kind === "roles" ? await refusedAmong(context, keys) : []);
  const rows = given.map(({ stays = [], line, values }) => ({ line, values: staying(values, stays, said) }));
  const keep = async (plan: Plan<Kind>, known: Known<Kind>): Promise<Plan<Kind>> => {
    const kept = keepDecided(kind as RememberedKind, plan as never, known as never, {
      said,
      differs,
      refused,
    });
    await remember(context, connectionId, kind, kept.records);
    return kept.plan as Plan<Kind>;
  };
  const goneOf = async (dealIds: readonly string[]) => {
    const there = await tx.execute<{ key: string }>(sql`
      select key from source_records where connection_id = ${connectionId} and kind = ${kind}
        and deal_id = any(${sql.param(dealIds.map(oneId))}::text[]) and not (key = any(${sql.param(keys)}::text[]))`);
    return [...there].map(({ key }) => key);
  };
  return { keep, rows, goneOf };
}

function staying(
  values: InterchangeRow["values"],
  stays: readonly string[],
  said: ReadonlyMap<string, Said>,
): InterchangeRow["values"] {
  const first = said.get(oneId(values.id?.trim() ?? ""));
  if (!first) return values;
  // What is decided otherwise was decided now.
  const names = stays.filter((name) => name !== "decided_on" || first.status === values.status);
  const kept = names.flatMap((name): [string, string][] => {
    const was = first[STORED_AS[name]!] ?? null;
    return was === null ? [] : [[name, String(was)]];
  });
  return { ...values, ...Object.fromEntries(kept) };
}

async function refusedAmong({ tx }: WriteContext, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from role_rows where id = any(${sql.param(keys)}::text[]) and refused_on is not null`);
  return [...rows].map(({ id }) => id);
}
