import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { headReader, readHead } from "@/lib/audit/head";
import { holdersOf } from "@/lib/auth/permissions";
import { SEATS, type Seat, SIGN_METHODS, USER_ROLE_NAMES } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { logHeadShape } from "../audit/shapes";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";
import { moment, momentShape } from "../signing/seats";
import { policyIdInput } from "./policy-shapes";

/** What the log recorded of one signature. */
const certifiedShape = z.object({
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

/** The certificate of completion of a memo (§8.11): who signed what, when, how, on which head of the log. */
export const policyCertificate = defineQuery({
  name: "policy-certificate",
  summary:
    "What was recorded of each signature on a policy: viewed, signed, over which hash, on which head of the log.",
  input: policyIdInput,
  output: z.object({
    policyId: z.string(),
    title: z.string(),
    hash: z.string(),
    proposed: momentShape,
    /** The day it is to judge from. */
    activeFrom: dayShape,
    /** All three signed. */
    complete: z.boolean(),
    signatures: z.array(certifiedShape),
  }),
  only: holdersOf("audit.read"),
  async run({ db }, { policyId }) {
    const [policy] = await db.execute<{
      title: string;
      hash: string;
      proposed: string;
      activeFrom: string;
    }>(sql`
      select title, hash, ${moment("proposed_at")} as proposed, active_from::text as "activeFrom" from policies
      where id = ${policyId} and hash is not null`);
    if (!policy) return refuse("policyId", policyId, "is no text that was proposed for signature");
    const signatures = await readSignatures(db, policyId);
    return { policyId, ...policy, complete: signatures.length === SEATS.length, signatures };
  },
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

async function readSignatures(db: Db, policyId: string) {
  const rows = await db.execute<SignedRow>(sql`
    select s.seat, s.name, s.hash, ${moment("s.signed_at")} as signed, s.method, s.log_head as head,
      l.id::text as entry, l.request, t.place::text as place,
      (select ${moment("min(v.at)")} from audit_log v
        where v.subject_kind = 'policy_view' and v.subject_id = s.policy_id || ' ' || s.seat and v.action = 'view-policy'
          and v.after ->> 'hash' = s.hash and v.after ->> 'userId' = s.user_id and v.at <= s.signed_at) as viewed
    from signatures s
      left join audit_log l on l.action = 'sign-policy' and l.subject_kind = 'signature'
        and l.subject_id = s.policy_id || ' ' || s.seat and l.after ->> 'hash' = s.hash
      left join audit_tree t on t.audit_id = l.id
    where s.policy_id = ${policyId} order by s.signed_at, s.seat`);
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
