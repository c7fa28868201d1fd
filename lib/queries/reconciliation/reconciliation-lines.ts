import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Facts } from "@/lib/attribution/facts";
import { type Drift, isGoneThere } from "@/lib/attribution/reconciliation";
import type { Outcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { maySettleDifference } from "@/lib/commands/connection/guards";
import { type GuardedDeal, mayConfirmNoPartner } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayReconcileDeal, type OfMonth } from "@/lib/commands/reconciliation/guards";
import { mayConfirmRole, mayTagPartner, type OfRole } from "@/lib/commands/role/guards";
import type { ClosedDeal } from "@/lib/reconciling/closed-deals";
import { readWaiting } from "../deals/deals-may";
import type { ReadContext } from "../query";
import type { ReconciledLine } from "./reconciliation-shapes";

type Named = { id: string; name: string };

/** Closed deals as they are shown, with what the person asking may do to each; three statements, whatever the number. */
export async function linesOf(
  { db, actor }: Pick<ReadContext, "db" | "actor">,
  closed: readonly ClosedDeal[],
  month: OfMonth,
): Promise<ReconciledLine[]> {
  const waiting = closed.flatMap(({ facts }) =>
    facts.roles.flatMap((row) => (row.confirmedOn ? [] : [row.id])),
  );
  const [names, rows, cases] = await Promise.all([
    readNames(db, [...new Set(closed.flatMap(partnersOf))]),
    readWaiting(db, waiting),
    readCases(
      db,
      closed.flatMap(({ exceptionId }) => exceptionId ?? []),
    ),
  ]);
  const named = (id: string): Named => ({ id, name: names.get(id) ?? id });
  return closed.map((one): ReconciledLine => {
    const { facts, result, found, exceptionId } = one;
    const { id, amount, currency, outcome, closedOn } = facts.deal;
    return {
      ...{ dealId: id, account: one.account, owner: one.owner, amount, currency },
      ...{ as: outcome as "won" | "lost", closedOn: closedOn as string },
      ...{
        outcome: result.outcome,
        evidence: result.evidence,
        version: one.version,
        noPartner: one.noPartner,
      },
      partners: result.partners.map(({ partnerId, outcome: earned }) =>
        evidenceOf(facts, named(partnerId), earned),
      ),
      found: found.map(({ partnerId, drift, ...rest }) => ({
        ...rest,
        partner: partnerId ? named(partnerId) : null,
        drift: drift ? driftOf(actor, one, month, { ...drift, fields: byName(drift.fields, named) }) : null,
      })),
      ...{ state: one.state, decision: one.decision, exception: cases.get(exceptionId ?? "") ?? null },
      may: mayOf(actor, one, month, { rows, named }),
    };
  });
}

function evidenceOf({ roles, registrations, activities }: Facts, partner: Named, outcome: Outcome) {
  const of = <F extends { partnerId: string }>(all: readonly F[]) =>
    all.filter(({ partnerId }) => partnerId === partner.id);
  const done = of(activities).filter(({ stage }) => stage < 6);
  const statuses = of(registrations).map(({ status }) => status);
  return {
    ...{ partner, outcome },
    roles: of(roles).map(({ role, confirmedOn }) => ({ role, confirmed: confirmedOn !== null })),
    registered: statuses.find((status) => status === "approved") ?? statuses[0] ?? null,
    ...{ activities: done.length, proven: done.filter(({ proof }) => proof !== null).length },
    lastOn:
      done
        .map(({ occurredOn }) => occurredOn)
        .sort()
        .at(-1) ?? null,
  };
}

function driftOf(
  actor: Actor,
  { facts: { deal }, owner }: ClosedDeal,
  month: OfMonth,
  { partnerId: _, corrected: __, ...drift }: Drift,
) {
  const { outcome, closedOn } = deal;
  const monthLocked = month.locked && month.frozen === null;
  const may = (take: "here" | "there") =>
    maySay(maySettleDifference, actor, {
      ...{ of: drift.of, isGone: isGoneThere(drift), take },
      deal: { owner, outcome, closedOn, monthLocked },
    });
  return { ...drift, fields: [...drift.fields], may: { take: may("there"), keep: may("here") } };
}

function mayOf(
  actor: Actor,
  { facts, owner, found, decision, demo }: ClosedDeal,
  month: OfMonth,
  { rows, named }: { rows: ReadonlyMap<string, OfRole["row"]>; named: (id: string) => Named },
): ReconciledLine["may"] {
  const { outcome, closedOn } = facts.deal;
  const deal: GuardedDeal = { owner, outcome, closedOn, monthLocked: month.locked };
  const decided = { decided: decision !== null, holds: decision?.holds ?? false };
  const asked = { ...month, ...decided, deal: { outcome, demo }, found };
  return {
    stands: maySay(mayReconcileDeal, actor, { ...asked, stands: true }),
    takeBack: maySay(mayReconcileDeal, actor, { ...asked, stands: false }),
    noPartner: maySay(mayConfirmNoPartner, actor, { deal, rows: facts.roles }),
    tag: maySay(mayTagPartner, actor, { deal }),
    raise: maySay({ may: "exception.raise" }, actor, undefined),
    confirm: facts.roles.flatMap(({ id, partnerId }) => {
      const row = rows.get(id);
      if (!row) return [];
      return [{ rowId: id, partner: named(partnerId), may: maySay(mayConfirmRole, actor, { deal, row }) }];
    }),
  };
}

/** Whom a line names: those of its facts, and whom the CRM names instead. */
const partnersOf = ({ facts, found }: ClosedDeal): string[] => [
  ...facts.partners.map(({ id }) => id),
  ...found.flatMap(({ partnerId, drift }) => [
    ...(partnerId === null ? [] : [partnerId]),
    ...(drift?.fields ?? []).flatMap(({ field, there }) => (field === "partnerId" ? [String(there)] : [])),
  ]),
];

/** A partner that differs is told by its name. */
const byName = (fields: Drift["fields"], named: (id: string) => Named): Drift["fields"] =>
  fields.map(({ field, here, there }) =>
    field === "partnerId"
      ? { field, here: named(String(here)).name, there: named(String(there)).name }
      : { field, here, there },
  );

async function readNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<Named & Record<string, unknown>>(
    sql`select id, name from partners where id = any(${sql.param(ids)}::text[])`,
  );
  return new Map([...rows].map(({ id, name }) => [id, name]));
}

async function readCases(db: Db, ids: readonly string[]) {
  type Case = NonNullable<ReconciledLine["exception"]>;
  if (ids.length === 0) return new Map<string, Case>();
  const rows = await db.execute<Case & Record<string, unknown>>(sql`
    select id, quarter, settled_at is not null as settled from exceptions where id = any(${sql.param(ids)}::text[])`);
  return new Map([...rows].map((one) => [one.id, one]));
}
