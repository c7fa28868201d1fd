import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { SEATS, type Seat, SIGN_METHODS, type SignMethod, USER_ROLE_NAMES } from "@/lib/auth/roles";
import type { Guard } from "@/lib/commands/guard";
import { maySignIn, type OfSeats } from "@/lib/commands/signing/guards";
import { mayShape } from "../shapes";

/** A moment as ISO 8601 in UTC. */
export const momentShape = z.string();
export const moment = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
export const byWhomShape = z.object({ name: z.string().nullable(), at: momentShape });

/** The three seats of a document in their order, signed or waiting. */
export const seatsShape = z.array(
  z.object({
    seat: z.enum(SEATS),
    name: z.string(),
    /** Who hold it now, so may sign. */
    holders: z.array(z.string()),
    signature: z
      .object({ name: z.string(), at: momentShape, hash: z.string(), method: z.enum(SIGN_METHODS) })
      .nullable(),
    /** Whether the one who asks may sign here now. */
    maySign: mayShape,
  }),
);

export interface SignatureRecord {
  seat: Seat;
  name: string;
  at: string;
  hash: string;
  method: SignMethod;
  userId: string;
}

/** The signatures on a document in their order, as a JSON array of `SignatureRecord`; of a document `p`. */
export const signaturesOf = (table: "signatures" | "compensation_signatures"): SQL => {
  const key = sql.raw(table === "signatures" ? "s.policy_id" : "s.plan_id");
  return sql`coalesce((select json_agg(json_build_object('seat', s.seat, 'name', s.name, 'at', ${moment("s.signed_at")},
    'hash', s.hash, 'method', s.method, 'userId', s.user_id) order by s.signed_at, s.seat) from ${sql.raw(table)} s where ${key} = p.id), '[]')`;
};

/** Who hold the three seats, by name. */
export async function seatHolders(db: Db): Promise<readonly { role: Seat; name: string }[]> {
  const rows = await db.execute<{ role: Seat; name: string }>(sql`
    select role::text as role, name from users
    where role::text = any(${sql.param([...SEATS])}::text[]) and disabled_at is null order by name`);
  return [...rows];
}

/** The seats of a document as one person sees them. */
export function seatsOf<S extends OfSeats>(
  guard: Guard<S>,
  actor: Actor,
  document: S & { signatures: readonly SignatureRecord[] },
  holders: Awaited<ReturnType<typeof seatHolders>>,
): z.output<typeof seatsShape> {
  const given: readonly SignatureRecord[] = document.signatures;
  return SEATS.map((seat) => {
    const signature = given.find((one) => one.seat === seat);
    return {
      seat,
      name: USER_ROLE_NAMES[seat],
      holders: holders.filter(({ role }) => role === seat).map(({ name }) => name),
      signature: signature
        ? { name: signature.name, at: signature.at, hash: signature.hash, method: signature.method }
        : null,
      maySign: maySignIn(guard, actor, seat, document),
    };
  });
}
