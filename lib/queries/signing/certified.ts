import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { headReader, readHead } from "@/lib/audit/head";
import { SEATS, type Seat, SIGN_METHODS, USER_ROLE_NAMES } from "@/lib/auth/roles";
import { logHeadShape } from "../audit/shapes";
import { moment, momentShape } from "./seats";

/** What the log recorded of one signature. */
export const certifiedShape = z.object({
  seat: z.enum(SEATS),
  seatName: z.string(),
  name: z.string(),
  /** When they first opened the text of this hash to sign it; null where that was not recorded. */
  viewed: momentShape.nullable(),
  signed: momentShape,
  /** By what they showed that it was they. */
  method: z.enum(SIGN_METHODS),
  hash: z.string(),
  /** The entry of the log that tells of it, its request, and its place in the tree; nulls while it is too young, or there is none. */
  entry: z.object({ id: z.string(), request: z.string(), place: z.int().nullable() }).nullable(),
  /** The head of the log that stood when it was given; null before the first. */
  head: logHeadShape.nullable(),
});

interface SignedRow extends Record<string, unknown> {
  seat: Seat;
  name: string;
  viewed: string | null;
  signed: string;
  method: (typeof SIGN_METHODS)[number];
  hash: string;
  head: string | null;
  entry: string | null;
  request: string | null;
  place: string | null;
}

/** Where each kind of text has its signatures, and what the log calls those and that its text was opened. */
const KINDS = {
  policy: {
    rows: "signatures",
    key: "policy_id",
    signing: "sign-policy",
    view: "policy_view",
    viewing: "view-policy",
  },
  plan: {
    ...{ rows: "compensation_signatures", key: "plan_id", signing: "sign-compensation-plan" },
    ...{ view: "plan_view", viewing: "view-compensation-plan" },
  },
} as const;

/** What was recorded of each signature on a text, in the order in which they were given. */
export async function readCertified(db: Db, kind: keyof typeof KINDS, id: string) {
  const { rows: table, key, signing, view, viewing } = KINDS[kind];
  const document = sql.raw(`s.${key}`);
  const rows = await db.execute<SignedRow>(sql`
    select s.seat, s.name, s.hash, ${moment("s.signed_at")} as signed, s.method, s.log_head as head,
      l.id::text as entry, l.request, t.place::text as place,
      (select ${moment("min(v.at)")} from audit_log v
        where v.subject_kind = ${view} and v.subject_id = ${document} || ' ' || s.seat and v.action = ${viewing}
          and v.after ->> 'hash' = s.hash and v.after ->> 'userId' = s.user_id and v.at <= s.signed_at) as viewed
    from ${sql.raw(table)} s
      left join audit_log l on l.action = ${signing} and l.subject_kind = 'signature'
        and l.subject_id = ${document} || ' ' || s.seat and l.after ->> 'hash' = s.hash
      left join audit_tree t on t.audit_id = l.id
    where ${document} = ${id} order by s.signed_at, s.seat`);
  const read = await headReader(db);
  return Promise.all(
    [...rows].map(async ({ seat, name, viewed, signed, method, hash, head, entry, request, place }) => ({
      ...{ seat, seatName: USER_ROLE_NAMES[seat], name, viewed, signed, method, hash },
      entry:
        entry === null
          ? null
          : { id: entry, request: request!, place: place === null ? null : Number(place) },
      head: head === null ? null : await readHead(read, head),
    })),
  );
}
