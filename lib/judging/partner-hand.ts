import { type SQL, sql } from "drizzle-orm";

/** What a row claims and what an activity says happened, as a partner that confirms it reads it (§9). */
export const CLAIMS = {
  role: (r: string) => sql.raw(`concat_ws('|', ${r}.role, ${r}.touch_stage, ${r}.touched_on)`),
  activity: (a: string) =>
    sql.raw(`concat_ws('|', ${a}.type, ${a}.stage, ${a}.occurred_on, coalesce(${a}.proof, ''))`),
} as const;

/** What partners confirmed on some deals, as a branch of a `with`: by fact, with who shared the link. */
export const confirmedOn = (dealIds: SQL) => sql`
  select f.fact_id, f.claim, w.said_on, s.shared_by, s.partner_id, p.merged_into
  from partner_word_facts f join partner_words w on w.id = f.word_id
    join partner_statements s on s.id = w.statement_id join partners p on p.id = s.partner_id
  where f.deal_id = ${dealIds}`;

/**
 * The day on which the partner itself confirmed a fact as it reads now. What comes by a link is, for two hands, the hand
 * of whoever shared it: what that person recorded, their own link does not confirm.
 *
 * @param author who stands behind the fact so far, as `user:<id>`
 */
export const partnerHand = (fact: string, claim: SQL, author: string): SQL => sql`(
  select min(c.said_on) from confirmed c where c.fact_id = ${sql.raw(fact)}.id and c.claim = ${claim}
    and ${sql.raw(fact)}.partner_id in (c.partner_id, c.merged_into) and 'user:' || c.shared_by <> ${sql.raw(author)})`;
