import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, registrations, roleRows } from "@/db/schema/facts";
import { partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import type { Day, StageEntry } from "@/lib/attribution/facts";
import { stageOn } from "@/lib/attribution/stage";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type DealRow = typeof deals.$inferSelect;
export type RoleRowRow = typeof roleRows.$inferSelect;
export type RegistrationRow = typeof registrations.$inferSelect;
export type ActivityRow = typeof activities.$inferSelect;

type StageRow = typeof stageEntries.$inferSelect;
type PartnerRow = typeof partners.$inferSelect;

function notFound(field: string, value: string, what: string): never {
  throw new Refusal({ code: "not_found", field, value, rule: `there is no ${what} with this id` });
}

/**
 * Locks a deal for the rest of the transaction, so that writes to one deal come one after another.
 * With a version, refuses an edit that was made on an older one and shows what stands now.
 */
export async function lockDeal({ tx }: WriteContext, dealId: string, version?: number): Promise<DealRow> {
  const [deal] = await tx.select().from(deals).where(eq(deals.id, dealId)).for("update");
  if (!deal) notFound("dealId", dealId, "deal");
  mustBeCurrent(deal, version);
  return deal;
}

function mustBeCurrent(deal: DealRow, version: number | undefined): void {
  if (version === undefined || version === deal.version) return;
  throw new Refusal({
    code: "conflict",
    field: "version",
    value: { yours: version, now: deal },
    rule: "somebody changed this deal after you opened it; look at what stands now and try again",
  });
}

/** A locked deal, and what stands on it as of its lock. */
export interface Scene {
  deal: DealRow;
  roles: RoleRowRow[];
  /** In order of entry. */
  stages: StageRow[];
}

/** What else is asked for with the scene. */
interface SceneOptions {
  /** Of a single deal: an edit made on an older one is a conflict. */
  version?: number;
  /** Null in the answer when there is none with this id: `run` refuses that, after the guard. */
  partnerId?: string;
  /** A day on which the deal is to be closed. */
  closedOn?: Day;
}

interface SceneRow extends Record<string, unknown> {
  kind: "deal" | "role" | "stage" | "partner" | "frozen" | "row";
  row: Record<string, unknown>;
  /** A deal's version as the statement's snapshot had it, when the lock may have waited for a newer one. */
  seen: number | null;
}

/**
 * Locks deals in order of id, which is everybody's order, and loads what stands on them, with the frozen quarter
 * of `closedOn` if there is one: one statement, whatever the number. Where the lock waited for another write, what was read beside it is of before that write, and
 * is read again, now that nobody can change it.
 */
export async function lockScenes(
  context: WriteContext,
  dealIds: readonly string[],
  { version, ...asked }: SceneOptions = {},
): Promise<{ scenes: Scene[]; partner: PartnerRow | null; frozen: string | null }> {
  let rows = await readScenes(context, dealIds, asked);
  if (rows.some(({ kind, row, seen }) => kind === "deal" && row.version !== seen))
    rows = await readScenes(context, dealIds, asked);
  const of = <T extends PgTable>(kind: SceneRow["kind"], table: T) =>
    rows.flatMap((one) => (one.kind === kind ? [asSelected(table, one.row)] : []));
  const found = new Map(of("deal", deals).map((deal) => [deal.id, deal]));
  const [roles, stages] = [byDeal(of("role", roleRows)), byDeal(of("stage", stageEntries))];
  const scenes = [...dealIds].sort().map((id): Scene => {
    const deal = found.get(id) ?? notFound("dealId", id, "deal");
    mustBeCurrent(deal, version);
    const entered = (stages.get(id) ?? []).toSorted((one, other) => one.seq - other.seq);
    return { deal, roles: roles.get(id) ?? [], stages: entered };
  });
  const [partner = null] = of("partner", partners);
  const [frozen] = rows.flatMap(({ kind, row }) => (kind === "frozen" ? [row.quarter as string] : []));
  return { scenes, partner, frozen: frozen ?? null };
}

/** `lockScenes` of one deal. */
export async function lockScene(
  context: WriteContext,
  dealId: string,
  options?: SceneOptions,
): Promise<Scene & { partner: PartnerRow | null; frozen: string | null }> {
  const { scenes, ...more } = await lockScenes(context, [dealId], options);
  return { ...scenes[0]!, ...more };
}

function readScenes(
  { tx }: WriteContext,
  dealIds: readonly string[],
  { partnerId, closedOn }: Omit<SceneOptions, "version">,
) {
  const ids = sql`any(${sql.param([...dealIds])}::text[])`;
  return tx
    .execute<SceneRow>(sql`
      with locked as materialized (select * from deals where id = ${ids} order by id for update)
      select 'deal' as kind, to_json(l) as row,
        (select s.version from deals s where s.id = l.id) as seen from locked l
      union all select 'role', to_json(r), null from role_rows r where r.deal_id = ${ids}
      union all select 'stage', to_json(e), null from stage_entries e where e.deal_id = ${ids}
      union all select 'partner', to_json(p), null from partners p where p.id = ${partnerId ?? null}
      union all select 'frozen', json_build_object('quarter', q.quarter), null from sealed_quarters q
        where ${closedOn ?? null}::date between q.from_day and q.to_day`)
    .then((rows) => [...rows]);
}

/** A row of JSON as a select of its table gives it. */
function asSelected<T extends PgTable>(table: T, row: Record<string, unknown>): T["$inferSelect"] {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => {
      const value = row[column.name] ?? null;
      return [key, value === null ? null : column.mapFromDriverValue(value)];
    }),
  ) as T["$inferSelect"];
}

function byDeal<T extends { dealId: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(row.dealId, [...(found.get(row.dealId) ?? []), row]);
  return found;
}

/** A table whose rows stand on a deal, what its ids are called in an input, and what one of its rows is. */
interface OnDeal<T extends PgTable> {
  table: T;
  field: string;
  what: string;
}

/**
 * A row with the rows beside it on the same deal, which is locked: one statement, and read again where the lock
 * waited, as `lockScenes` does. With the deal's version, a conflict as `lockDeal` tells it.
 */
async function lockWithDeal<T extends typeof roleRows | typeof activities>(
  { tx }: WriteContext,
  { table, field, what }: OnDeal<T>,
  id: string,
  version?: number,
): Promise<{ row: T["$inferSelect"]; beside: T["$inferSelect"][]; deal: DealRow }> {
  const dealId = sql`(select found.deal_id from ${table} found where found.id = ${id})`;
  const read = async () => [
    ...(await tx.execute<SceneRow>(sql`
      with locked as materialized (select * from deals where id = ${dealId} for update)
      select 'deal' as kind, to_json(l) as row,
        (select s.version from deals s where s.id = l.id) as seen from locked l
      union all select 'row', to_json(r), null from ${table} r where r.deal_id = ${dealId}`)),
  ];
  let rows = await read();
  if (rows.some(({ kind, row, seen }) => kind === "deal" && row.version !== seen)) rows = await read();
  const on = rows.flatMap((one) => (one.kind === "row" ? [asSelected(table, one.row)] : []));
  const locked = rows.find(({ kind }) => kind === "deal")?.row;
  const row = on.find((one) => one.id === id) ?? notFound(field, id, what);
  const deal = asSelected(deals, locked ?? notFound(field, id, what));
  mustBeCurrent(deal, version);
  return { row, beside: on.filter((one) => one !== row), deal };
}

const A_ROLE = { table: roleRows, field: "rowId", what: "role row" };
const AN_ACTIVITY = { table: activities, field: "activityId", what: "activity" };

/** A role row, the deal's others, and the locked deal; with its version, a conflict as `lockDeal` tells it. */
export function lockRole(
  context: WriteContext,
  rowId: string,
  version?: number,
): Promise<{ row: RoleRowRow; beside: RoleRowRow[]; deal: DealRow }> {
  return lockWithDeal(context, A_ROLE, rowId, version);
}

/** An activity together with its locked deal; with the deal's version, a conflict as `lockDeal` tells it. */
export async function lockActivity(
  context: WriteContext,
  activityId: string,
  version?: number,
): Promise<{ activity: ActivityRow; deal: DealRow }> {
  const { row, deal } = await lockWithDeal(context, AN_ACTIVITY, activityId, version);
  return { activity: row, deal };
}

/**
 * A registration, locked, together with a locked deal: `dealId`'s, else the one it belongs to if there is one. One
 * statement, which locks the deal first, as everybody does; where the lock waited for a write that gave the
 * registration to a deal, it is read again.
 */
export async function lockRegistration(
  { tx }: WriteContext,
  registrationId: string,
  dealId?: string,
): Promise<{ registration: RegistrationRow; deal: DealRow | null }> {
  const read = async () => {
    const rows = await tx.execute<SceneRow>(sql`
      with locked as materialized (select * from deals
          where id = coalesce(${dealId ?? null},
            (select r.deal_id from ${registrations} r where r.id = ${registrationId})) for update),
        own as materialized (select * from ${registrations} r
          where r.id = ${registrationId} and (select count(*) from locked) >= 0 for update)
      select 'deal' as kind, to_json(l) as row, null as seen from locked l
      union all select 'row', to_json(o), null from own o`);
    const of = <T extends PgTable>(kind: SceneRow["kind"], table: T) =>
      rows.filter((one) => one.kind === kind).map((one) => asSelected(table, one.row))[0] ?? null;
    return { registration: of("row", registrations), deal: of("deal", deals) };
  };
  let found = await read();
  const isOfAnother = found.registration && found.registration.dealId !== (found.deal?.id ?? null);
  if (dealId === undefined && isOfAnother) found = await read();
  if (dealId !== undefined && found.deal === null) notFound("dealId", dealId, "deal");
  const { registration, deal } = found;
  return { registration: registration ?? notFound("registrationId", registrationId, "registration"), deal };
}

/** The partner that a scene was asked for. */
export function mustBeThere(partner: PartnerRow | null, partnerId: string): PartnerRow {
  return mustBeItself(partner ?? notFound("partnerId", partnerId, "partner"));
}

/** What is new is said of the record that a merged one became. */
export function mustBeItself(partner: PartnerRow): PartnerRow {
  if (partner.mergedInto !== null)
    refuse("partnerId", partner.id, `the record of ${partner.name} became another one: name that`);
  return partner;
}

/** A partner, locked when it is about to change. */
export async function mustHavePartner({ tx }: WriteContext, partnerId: string, lock?: "update") {
  const found = tx.select().from(partners).where(eq(partners.id, partnerId));
  const [partner] = await (lock ? found.for(lock) : found);
  if (!partner) notFound("partnerId", partnerId, "partner");
  return partner;
}

/** Somebody who has access. */
export async function mustHaveUser({ tx }: WriteContext, field: string, userId: string) {
  const [user] = await tx
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  if (!user) notFound(field, userId, "person with access");
  return user;
}

/** The deal's stage on a day (§4). */
export function stageIn({ stages }: Pick<Scene, "stages">, day: string): number {
  return stageOn(stages as StageEntry[], day);
}

/** Remembers that a deal entered a stage on a day; `stages` are those before. */
export function enterStage(
  { add, audit }: WriteContext,
  dealId: string,
  { stages, stage, enteredOn }: Pick<Scene, "stages"> & { stage: number; enteredOn: string },
): void {
  const entry = { dealId, seq: (stages.at(-1)?.seq ?? 0) + 1, stage, enteredOn };
  add(stageEntries, entry);
  audit({
    subjectKind: "stage_entry",
    subjectId: `${dealId}#${entry.seq}`,
    dealId,
    before: null,
    after: entry,
  });
}
