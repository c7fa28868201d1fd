import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import type { Day } from "@/lib/attribution/facts";
import { DEAL_TYPES, PARTNER_KINDS, ROUTES } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import type { Moment } from "@/lib/judging/known-at";
import type { Narrowing } from "@/lib/metrics/narrowing";
import { dayShape, idShape } from "../shapes";
import { momentOf } from "./moment";

/** To what a number is narrowed, and as of which past day it is asked (§7); every part that is given must hold. */
export const lookShape = z.strictObject({
  /** The AE, by the name that the CRM uses. */
  owner: z.string().max(200).optional(),
  /** The AEs of a team. */
  team: z.string().max(200).optional(),
  /** A deal that this partner is on counts in its own outcome. */
  partnerId: idShape.optional(),
  /** The same of the partners of a kind. */
  partnerKind: z.enum(PARTNER_KINDS).optional(),
  type: z.enum(DEAL_TYPES).optional(),
  route: z.enum(ROUTES).optional(),
  /** As it was shown at the end of that day; today's when absent. */
  asOf: dayShape.optional(),
});
export type LookAsked = z.output<typeof lookShape>;

/** How a number is looked at. */
export interface Look {
  /** Null for all deals. */
  narrowing: Narrowing | null;
  /** Null for now. */
  moment: Moment | null;
}

/** What was asked, with the names behind it; null where nothing was. Refuses a partner that is not there. */
export async function lookOf(db: Db, asked: LookAsked | undefined, today: Day): Promise<Look | null> {
  const { owner, team, partnerId, partnerKind, type, route, asOf } = asked ?? {};
  const moment = asOf === undefined || asOf === today ? null : await momentOf(db, "asOf", asOf, today);
  const named = [owner, team, partnerId, partnerKind, type, route].some((value) => value !== undefined);
  if (!named) return moment && { narrowing: null, moment };
  const [owners, partners] = await Promise.all([
    ownersOf(db, owner, team),
    partnersOf(db, partnerId, partnerKind),
  ]);
  return { narrowing: { owners, partners, type: type ?? null, route: route ?? null }, moment };
}

async function ownersOf(db: Db, owner?: string, team?: string): Promise<Set<string> | null> {
  if (team === undefined) return owner === undefined ? null : new Set([owner]);
  const rows = await db.execute<{ name: string }>(
    sql`select owner_name as name from users where team = ${team} and owner_name is not null`,
  );
  const names = [...rows].map(({ name }) => name);
  return new Set(owner === undefined ? names : names.filter((name) => name === owner));
}

async function partnersOf(db: Db, partnerId?: string, kind?: string): Promise<Set<string> | null> {
  if (partnerId === undefined && kind === undefined) return null;
  const records = partnerId === undefined ? null : await recordsOf(db, partnerId);
  if (records?.length === 0) refuse("partnerId", partnerId, "there is no such partner");
  const rows = await db.execute<{ id: string }>(sql`
    select id from partners where ${records ? sql`id = any(${sql.param(records)}::text[])` : sql`true`}
      and ${kind === undefined ? sql`true` : sql`kind = ${kind}::partner_kind`}`);
  return new Set([...rows].map(({ id }) => id));
}
