import { asc, getTableColumns, type SQL, type SQLChunk, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Day } from "@/lib/attribution/facts";
import type { Clock } from "@/lib/interchange/cells";
import type { Kind } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { Brought, Known, Plan, StoredOfKind, Write } from "@/lib/interchange/stored";
import { addDomains, ownersOf, saveDomains } from "./account-domains";
import { accountsCalled, accountsNamed, ofNames } from "./account-names";
import { amended } from "./amended";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";
import { allParents, existingDeals, grantersOf, peopleAt } from "./known-names";
import { becameOf } from "./merged-partners";
import { addPeople, savePeople } from "./partner-people";
import { addPrograms, savePrograms } from "./partner-programs";
import { accounts } from "./schema/accounts";
import { deals, stageEntries } from "./schema/deals";
import { activities, registrations, roleRows } from "./schema/facts";
import { costs, rates } from "./schema/finance";
import { partnerParents, partners } from "./schema/partners";
import { settings } from "./schema/settings";
import { entriesOf, removeEntries } from "./stage-entries";

/** A database to read from; a transaction is one too. */
type Reader = Pick<Db, "select" | "execute">;

interface Place {
  table: PgTable;
  /** The columns that an import mirrors, by their name in `StoredOfKind`. */
  columns: Record<string, PgColumn>;
  key: readonly PgColumn[];
}

/** Besides what a file mirrors: which file said it, and whoever had stood behind what stood before. */
const BROUGHT = ["importId", "changedBy", "vouchedOn", "vouchedBy"] as const;

/** What a deal says of itself besides its facts. */
const DESCRIBED = ["name", "crmUrl", "expectedCloseOn", "probability", "forecastCategory", "nextStep"];

/** Where each kind of the interchange format is stored. Source: imports.md. */
const PLACES: Record<Kind, Place> = {
  accounts: place(accounts, ["id", "name", "ofName"], [accounts.id]),
  partners: place(partners, ["id", "name", "kind", "parentId", "ownerId"], [partners.id]),
  deals: place(
    deals,
    [
      "id",
      "account",
      "accountId",
      "owner",
      "amount",
      "currency",
      "type",
      "route",
      "createdOn",
      "closedOn",
      "outcome",
      "firstEngagedOn",
      "recreatedFrom",
      ...DESCRIBED,
      "gateReceipt",
    ],
    [deals.id],
  ),
  stage_history: place(
    stageEntries,
    ["dealId", "seq", "stage", "enteredOn", "enteredTime"],
    [stageEntries.dealId, stageEntries.seq],
  ),
  registrations: place(
    registrations,
    [
      "id",
      "dealId",
      "accountId",
      "domain",
      "partnerId",
      "submittedOn",
      "recordedOn",
      "status",
      "decidedOn",
      "decidedBy",
      "reason",
    ],
    [registrations.id],
  ),
  roles: place(
    roleRows,
    [
      "id",
      "dealId",
      "partnerId",
      "role",
      "touchStage",
      "touchedOn",
      "recordedOn",
      "confirmedOn",
      "confirmedBy",
      "contact",
    ],
    [roleRows.id],
  ),
  activities: place(
    activities,
    [
      "id",
      "dealId",
      "partnerId",
      "type",
      "stage",
      "occurredOn",
      "recordedOn",
      "proof",
      "involvement",
      "ownerId",
      "nextStep",
      "nextStepDueOn",
    ],
    [activities.id],
  ),
  costs: place(
    costs,
    ["quarter", "side", "category", "amount", "currency"],
    [costs.quarter, costs.side, costs.category, costs.currency],
  ),
  rates: place(rates, ["quarter", "currency", "rate"], [rates.quarter, rates.currency]),
};

/** Where a kind is stored: its table, the columns that an import mirrors, and its key. */
export const placeOf = (kind: Kind): Readonly<Place> => PLACES[kind];

function place(table: PgTable, names: readonly string[], key: readonly PgColumn[]): Place {
  const all = getTableColumns(table) as Record<string, PgColumn>;
  const kept = [...names, ...BROUGHT.filter((name) => name in all)];
  return { table, columns: Object.fromEntries(kept.map((name) => [name, all[name]!])), key };
}

/** The row as this file says it (§1 evidence): whoever changed or vouched for what stood is not behind it. */
export function broughtBy<K extends Kind>(
  kind: K,
  importId: string | null,
  row: StoredOfKind[K],
): StoredOfKind[K] {
  const brought: Brought = {
    importId: row.importId === undefined ? importId : row.importId,
    changedBy: null,
    vouchedOn: null,
    vouchedBy: null,
  };
  const after: StoredOfKind[K] = { ...row };
  for (const name of BROUGHT) if (name in PLACES[kind].columns) after[name] = brought[name];
  return after;
}

/** The company's day and zone, as rows are read with. */
export async function clockOf(db: Reader, today: string): Promise<Clock> {
  const [row] = await db.select({ zone: settings.timeZone }).from(settings);
  return { today, zone: row?.zone ?? "UTC" };
}

/** Loads what a plan of these rows must know (lib/interchange/plan.ts), in a handful of statements. */
export async function loadKnown<K extends Kind>(
  db: Reader,
  kind: K,
  rows: readonly ReadRow<K>[],
  today: Day,
): Promise<Known<K>> {
  const named = (name: string) => [
    ...new Set(rows.flatMap(({ row }) => (row as unknown as Record<string, string | null>)[name] ?? [])),
  ];
  const { table, columns } = PLACES[kind];
  const found: Record<string, unknown>[] = await db
    .select(columns)
    .from(table)
    .where(standing(kind, named))
    .orderBy(...PLACES[kind].key.map((column) => asc(column)));
  if (kind === "accounts") await addDomains(db, found, named("id"));
  if (kind === "partners") await addPrograms(db, found, named("id"));
  const entered = kind === "partners" ? await addPeople(db, found, named("id")) : undefined;
  if (kind === "rates") for (const row of found) row.rate = withoutZeros(row.rate as string);
  return {
    stored: found as unknown as StoredOfKind[K][],
    stages: kind === "deals" ? await entriesOf(db, rows as readonly ReadRow<"deals">[]) : [],
    deals: columns.dealId ? await existingDeals(db, named("dealId")) : new Set(),
    ...(kind === "accounts" && {
      domains: await ownersOf(
        db,
        (rows as readonly ReadRow<"accounts">[]).flatMap(({ row }) => row.domains ?? []),
      ),
    }),
    ...(kind === "registrations" && {
      named: await accountsCalled(db, rows as readonly ReadRow<"registrations">[]),
    }),
    ...(kind === "accounts" && { ofNames: await ofNames(db, rows as readonly ReadRow<"accounts">[]) }),
    ...(kind === "partners" && { granters: await grantersOf(db, named("id")), entered, today }),
    ...((kind === "deals" || kind === "partners") && { accounts: await accountsNamed(db, rows) }),
    people: await peopleAt(db, rows as readonly { row: { owner?: string | null } }[], kind),
    became: await becameOf(
      db,
      columns.partnerId ? named("partnerId") : kind === "partners" ? named("id") : [],
    ),
    parents: kind === "partners" || columns.partnerId ? await allParents(db) : new Map(),
  };
}

/** The rows that a plan looks at: those with the keys; of roles and stages, all on the same deals. */
function standing(kind: Kind, named: (name: string) => string[]): SQL {
  const among = (column: PgColumn, values: string[]) => sql`${column} = any(${sql.param(values)}::text[])`;
  switch (kind) {
    case "stage_history":
      return among(stageEntries.dealId, named("dealId"));
    case "roles":
      return sql`(${among(roleRows.id, named("id"))} or ${among(roleRows.dealId, named("dealId"))})`;
    case "costs":
      return among(costs.quarter, named("quarter"));
    case "rates":
      return among(rates.quarter, named("quarter"));
    default:
      return among(PLACES[kind].columns.id!, named("id"));
  }
}

/** Keeps the parent that a partner had until `day`, so that deals closed before are judged with it. */
export async function rememberParent(
  tx: Tx,
  { id, parentId }: { id: string; parentId: string | null },
  day: string,
): Promise<void> {
  await tx
    .insert(partnerParents)
    .values({ partnerId: id, parentId, untilDay: day })
    .onConflictDoNothing({ target: [partnerParents.partnerId, partnerParents.untilDay] });
}

const withoutZeros = (rate: string) => (rate.includes(".") ? rate.replace(/\.?0+$/, "") : rate);

/**
 * Locks the deals for the rest of the transaction in order of id, which is everybody's order, so that an
 * import and a person write to one deal one after the other.
 */
export async function lockDeals(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(
    sql`select from deals where id = any(${sql.param(ids)}::text[]) order by id for no key update`,
  );
}

/**
 * Removes and renames what a plan says, then writes its rows in one statement, whatever their number, in their order. Columns that an import
 * does not mirror keep what they hold. `demo` marks new rows as part of the demo story.
 */
export async function saveWrites<K extends Kind>(
  tx: Tx,
  kind: K,
  { writes, removed, renamed }: Pick<Plan<K>, "writes" | "removed" | "renamed">,
  { demo, today }: { demo: boolean; today: string },
): Promise<void> {
  const { table, columns, key } = PLACES[kind];
  await removeEntries(tx, removed as readonly { dealId?: string; seq?: number }[]);
  await rename(tx, table, renamed);
  if (writes.length === 0) return;
  const all = Object.values(columns);
  const list = (parts: readonly SQLChunk[]) => sql.join([...parts], sql`, `);
  const name = (column: PgColumn) => sql.identifier(column.name);
  const fields = Object.entries(columns);
  const documents = JSON.stringify(writes.map(({ after }) => after));
  const marked = "demo" in getTableColumns(table);
  const changes = all
    .filter((column) => !key.includes(column))
    .map((column) => sql`${name(column)} = excluded.${name(column)}`);
  if (kind === "deals") {
    changes.push(amended(today));
    // One that somebody entered at this moment is no new one: its version rises here.
    const entered = (writes as readonly Write<StoredOfKind["deals"]>[]).filter(({ before }) => !before);
    const ids = sql.param(entered.map(({ after }) => after.id));
    changes.push(sql`version = deals.version + (deals.id = any(${ids}::text[]))::int`);
  }
  await tx.execute(sql`
    insert into ${table} (${list(all.map(name))}${marked ? sql`, demo` : sql``})
    select ${list(fields.map(([field]) => sql`r.${sql.identifier(field)}`))}${marked ? sql`, ${demo}::boolean` : sql``}
    from json_to_recordset(${documents}::text::json) as r
      (${list(fields.map(([field, column]) => sql`${sql.identifier(field)} ${sql.raw(column.getSQLType())}`))})
    on conflict (${list(key.map(name))}) do update set ${list(changes)}`);
  if (kind === "accounts") await saveDomains(tx, writes as readonly Write<StoredOfKind["accounts"]>[]);
  if (kind === "partners") {
    const partnerWrites = writes as readonly Write<StoredOfKind["partners"]>[];
    await savePrograms(tx, partnerWrites, today);
    await savePeople(tx, partnerWrites);
  }
}

/** What names an account follows its id. */
async function rename(tx: Tx, table: PgTable, renamed: Plan<Kind>["renamed"]): Promise<void> {
  if (renamed.length === 0) return;
  await tx.execute(sql`
    update ${table} r set id = n.now from unnest(
      ${sql.param(renamed.map(([from]) => from))}::text[], ${sql.param(renamed.map(([, to]) => to))}::text[]
    ) as n (was, now) where r.id = n.was`);
}
