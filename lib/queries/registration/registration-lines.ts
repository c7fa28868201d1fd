import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { REGISTRATION_STATUSES } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { daysBetween } from "@/lib/calendar";
import type { GuardedDeal } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import {
  mayDecideRegistration,
  mayExtendRegistration,
  mayMatchRegistration,
} from "@/lib/commands/registration/guards";
import { dayShape, mayShape, namedShape, stateShape } from "../shapes";

export const registrationLineShape = z.object({
  id: z.string(),
  partner: namedShape,
  /** The deal's, or the one that it names itself; null where neither says. */
  account: namedShape.nullable(),
  domain: z.string().nullable(),
  deal: z.object({ id: z.string(), name: z.string().nullable(), state: stateShape }).nullable(),
  submittedOn: dayShape,
  recordedOn: dayShape,
  /** Null when an import brought it. */
  recordedBy: z.string().nullable(),
  status: z.enum(REGISTRATION_STATUSES),
  decidedOn: dayShape.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** The last day on which it keeps others off; null when it does not. */
  protectedUntil: dayShape.nullable(),
  /** Days since it was submitted, while nobody decided. */
  waitingDays: z.int().nullable(),
  may: z.object({ decide: mayShape, extend: mayShape, match: mayShape }),
});
export type RegistrationLine = z.output<typeof registrationLineShape>;

export interface RegistrationRow
  extends Record<string, unknown>,
    Omit<RegistrationLine, "waitingDays" | "may"> {
  recordedById: string | null;
  stored: GuardedDeal | null;
}

/** The columns of a line over `g`, with what `LINE_JOINS` brings. */
const LINE_COLUMNS = sql`g.id, json_build_object('id', p.id, 'name', p.name) as partner,
  case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end as account, g.domain,
  case when d.id is not null then json_build_object('id', d.id, 'name', d.name, 'state', d.outcome) end as deal,
  g.submitted_on::text as "submittedOn", g.recorded_on::text as "recordedOn", g.recorded_by as "recordedById",
  r.name as "recordedBy", g.status::text as status, g.decided_on::text as "decidedOn", h.name as "decidedBy",
  g.reason, g.protected_until::text as "protectedUntil",
  case when d.id is not null then json_build_object('owner', d.owner, 'outcome', d.outcome, 'closedOn', d.closed_on)
    end as stored`;

const LINE_JOINS = sql`join partners p on p.id = g.partner_id left join deals d on d.id = g.deal_id
  left join accounts a on a.id = coalesce(d.account_id, g.account_id)
  left join users r on r.id = g.recorded_by left join users h on h.id = g.decided_by`;

/** Registrations that match over `g`, `p` and `a`, in an order, with what whoever asks may do to each. */
export async function registrationLines(
  db: Db,
  { actor, today }: { actor: Actor; today: Day },
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<RegistrationLine[]> {
  const rows = await db.execute<RegistrationRow>(sql`
    select ${LINE_COLUMNS} from registrations g ${LINE_JOINS}
    where ${where} order by ${order} limit ${limit}`);
  return [...rows].map(({ recordedById, stored, ...line }) => ({
    ...line,
    waitingDays: line.status === "pending" ? daysBetween(line.submittedOn, today) : null,
    may: {
      decide: maySay(mayDecideRegistration, actor, {
        deal: stored,
        registration: { recordedBy: recordedById, decidedOn: line.decidedOn },
      }),
      extend: maySay(mayExtendRegistration, actor, { registration: { status: line.status } }),
      // Which deal is not said yet; those that take it in are offered beside it.
      match: maySay(mayMatchRegistration, actor, {
        deal: null,
        registration: { dealId: line.deal?.id ?? null },
      }),
    },
  }));
}
