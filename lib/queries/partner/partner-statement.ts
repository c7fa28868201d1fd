import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import type { Day } from "@/lib/attribution/facts";
import { Refusal } from "@/lib/errors";
import {
  answersUntil,
  lineKey,
  type PartnerLine,
  readPartnerLines,
  seenOf,
  statementDeals,
} from "@/lib/judging/partner-lines";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import {
  dayShape,
  gradeShape,
  idShape,
  moneyShape,
  outcomeShape,
  roleShape,
  stageShape,
  stateShape,
} from "../shapes";

const lineShape = z.object({
  account: z.string().nullable(),
  state: stateShape,
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  /** Null where the maker of the link did not say that amounts are shown. */
  amount: moneyShape.nullable(),
  /** The partner's own, whatever others have on the deal. */
  outcome: outcomeShape,
  evidence: gradeShape.nullable(),
  disputed: outcomeShape.nullable(),
  why: z.string(),
  /** What would settle a dispute. */
  missing: z.string().nullable(),
  roles: z.array(
    z.object({
      role: roleShape,
      touchStage: stageShape,
      touchedOn: dayShape,
      confirmedOn: dayShape.nullable(),
    }),
  ),
  activities: z.array(z.object({ type: z.string(), on: dayShape, stage: stageShape, proven: z.boolean() })),
  /** By a link that takes answers: what the line is called there, and as what it was seen. */
  answer: z
    .object({
      key: z.string(),
      seen: z.string(),
      /** What was said of it by this link, and whether that is still its to take back; null while nothing was. */
      said: z
        .object({ as: z.enum(["confirmed", "contested"]), on: dayShape, undecided: z.boolean() })
        .nullable(),
    })
    .nullable(),
});

/**
 * What a partner may be shown of itself (§9): its deals, roles, outcomes and why. Nothing of another partner, no
 * split of a credit, no id and no proof; what stands here is all that leaves the house.
 */
export const partnerStatement = defineQuery({
  name: "partner-statement",
  summary:
    "What a partner sees of itself by its link: its deals, roles, outcomes and why, nothing of others.",
  input: z.strictObject({
    partnerId: idShape,
    amounts: z.boolean().default(false),
    /** The link that it is seen by. */
    statementId: idShape.optional(),
  }),
  output: z.object({
    company: z.string(),
    partner: z.string(),
    asOf: dayShape,
    /** How many deals there are in all. */
    count: z.int(),
    lines: z.array(lineShape),
    /** Who answers by the link, and until when; null where it only shows. */
    answers: z.object({ by: z.string(), until: z.iso.datetime(), open: z.boolean() }).nullable(),
  }),
  // A confirmation just given is there.
  fresh: true,
  async run({ db, today }, { partnerId, amounts, statementId }) {
    const [records, [named], company, link] = await Promise.all([
      recordsOf(db, partnerId),
      db.execute<{ name: string }>(sql`select name from partners where id = ${partnerId}`),
      readCompany(db),
      statementId === undefined ? null : readLink(db, statementId),
    ]);
    if (!named)
      throw new Refusal({
        ...{ code: "not_found", field: "partnerId", value: partnerId },
        rule: "there is no partner with this id",
      });
    const of = { records, name: named.name };
    const { deals, count } = await statementDeals(db, of);
    const lines = await readPartnerLines(db, of, deals, today);
    return {
      ...{ company: company.company, partner: named.name, asOf: today, count },
      answers: link && { by: link.by, until: link.until, open: link.open },
      lines: lines.map(({ dealId, line, amount }) => ({
        ...line,
        amount: amounts ? amount : null,
        answer: link && answerOf(link, dealId, line),
      })),
    };
  },
});

interface Link {
  tokenHash: string;
  by: string;
  until: string;
  open: boolean;
  said: { dealId: string; as: "confirmed" | "contested"; on: Day; undecided: boolean }[];
}

const answerOf = ({ tokenHash, said }: Link, dealId: string, line: PartnerLine) => {
  const word = said.find((one) => one.dealId === dealId);
  return {
    key: lineKey(tokenHash, dealId),
    seen: seenOf(line),
    said: word ? { as: word.as, on: word.on, undecided: word.undecided } : null,
  };
};

/** Null of a link that takes no answers. */
async function readLink(db: Db, statementId: string): Promise<Link | null> {
  const [link] = await db.execute<Omit<Link, "by"> & { by: string | null } & Record<string, unknown>>(sql`
    select s.token_hash as "tokenHash", s.answered_by as by, ${answersUntil} > now() as open,
      to_char(${answersUntil} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until,
      coalesce((select json_agg(json_build_object('dealId', w.deal_id, 'as', w.said, 'on', w.said_on,
          'undecided', e.settled_at is null))
        from partner_words w left join exceptions e on e.id = w.exception_id where w.statement_id = s.id), '[]') as said
    from partner_statements s where s.id = ${statementId}`);
  return link?.by ? { ...link, by: link.by } : null;
}
