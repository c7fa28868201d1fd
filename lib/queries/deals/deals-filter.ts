import { type SQL, sql } from "drizzle-orm";
import type { Day } from "@/lib/attribution/facts";
import type { DealOutcome, Grade, Outcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import type { Quarter } from "@/lib/calendar";
import { type DealStatus, NEEDS_DECISION } from "@/lib/metrics/deal-status";
import type { DealSource } from "./deal-source";
import { allOf, WALKED, type Wanted, waysOf } from "./deals-ways";
import { like } from "./like";

/** Which deals are asked for; each condition that is given must hold. */
export interface DealsFilter {
  scope: "mine" | "all";
  search?: string;
  outcome?: readonly Outcome[];
  /** Of its outcome. */
  evidence?: Grade;
  state?: DealOutcome;
  stage?: readonly number[];
  partnerId?: string;
  /** What that partner has and did on them, whatever others did. */
  ofPartner?: OfPartner;
  owner?: string;
  /** Created or closed in it. */
  quarter?: Quarter;
  status?: readonly DealStatus[];
  needsDecision?: boolean;
  /** Whether it closes soon (lib/metrics/projected-deal.ts). */
  closing?: boolean;
  disputed?: boolean;
}

/** How one partner stands on a deal; each condition that is given must hold. */
export interface OfPartner {
  outcome?: readonly Outcome[];
  /** Of its own outcome. */
  evidence?: Grade;
  disputed?: boolean;
  /** Some activity of its in that month. */
  acted?: { from: Day; to: Day };
  /** Some activity of its in the months that its page looks over, with proof or without. */
  proof?: { is: "proven" | "missing"; from: Day };
}

const anyOf = (values: readonly (string | number)[], type: string) =>
  sql`any(${sql.param(values)}::${sql.raw(type)}[])`;

/** What a search looks in, as the index of words has it (db/migrations, `judged_deals_words`). */
const WORDS = sql`(' ' || coalesce(d.account, '') || ' ' || d.deal_id || ' ' || d.owner)`;
/** A text shorter than this is looked for where words begin: the index knows three letters, or a word's first ones. */
const ANYWHERE = 3;
/** What may be a deal's whole id and no word of a name: who types it looks for that deal. */
const WHOLE_ID = /^(?=.*\d)\S{6,}$/;

const UNDECIDED = sql`d.status in (${sql.raw(NEEDS_DECISION.map((one) => `'${one}'`).join(", "))})`;

/** Any of the conditions; nothing without one. Of a single one no `or` keeps an index from being used. */
const eitherOf = ([first = sql`false`, ...others]: readonly SQL[]) =>
  others.length === 0 ? first : sql`(${sql.join([first, ...others], sql` or `)})`;

/** Over `d`: what a projection says of a partner is the same on every row of its. */
function conditionOfPartner(
  records: readonly string[],
  { outcome, evidence, disputed, acted, proof }: OfPartner,
): SQL[] {
  const said = (...about: readonly object[]) =>
    sql`(${eitherOf(
      records.flatMap((id) =>
        about.map((one) => sql`d.partners @> ${JSON.stringify([{ id, ...one }])}::jsonb`),
      ),
    )})`;
  const did = (what: SQL) =>
    sql`exists (select from activities a where a.deal_id = d.deal_id and a.partner_id = any(${sql.param(records)}::text[]) and ${what})`;
  return [
    ...(outcome?.length
      ? [said(...outcome.map((one) => ({ outcome: one, ...(evidence && { evidence }) })))]
      : []),
    ...(evidence && !outcome?.length ? [said({ evidence })] : []),
    // Disputed is the outcome it would have; without one it is null.
    ...(disputed === undefined
      ? []
      : [disputed ? sql`not ${said({ disputed: null })}` : said({ disputed: null })]),
    ...(acted ? [did(sql`a.occurred_on between ${acted.from}::date and ${acted.to}::date`)] : []),
    ...(proof
      ? [
          did(
            sql`a.occurred_on >= ${proof.from}::date and a.proof is ${sql.raw(proof.is === "proven" ? "not null" : "null")}`,
          ),
        ]
      : []),
  ];
}

/** Deals of which one thing holds or another: an index has them by a condition, or by the partners on them. */
interface Choice {
  conditions: readonly SQL[];
  partners: readonly string[];
}

const saidOf = ({ conditions, partners }: Choice) =>
  eitherOf([
    ...conditions,
    ...(partners.length === 0 ? [] : [sql`d.partner_ids && ${sql.param(partners)}::text[]`]),
  ]);

/** The conditions as SQL over `d`, the deals of a source, and the ways to what is of partners. */
export async function conditionOf(filter: DealsFilter, actor: Actor, source: DealSource): Promise<Wanted> {
  const choices = await choicesOf(filter, actor, source);
  const ofPartner = await ofPartnerIn(filter, source);
  const parts = [...ofPartner, ...partsOf(filter)];
  const condition = allOf([...choices.map(saidOf), ...parts]);
  const [first, ...others] = choices;
  // An owner's deals are few, and words have an index: partners are then looked up deal by deal.
  const isNarrow = filter.owner !== undefined || choices.some(({ partners }) => partners.length === 0);
  if (!first || isNarrow || source.seal || first.partners.length > WALKED) return { condition, ways: null };
  const open = filter.state === "open";
  const besides = others.map(saidOf);
  const walked = open ? [...ofPartner, ...partsOf({ ...filter, state: undefined })] : parts;
  return { condition, ways: waysOf(first, [...besides, ...parts], { rest: [...besides, ...walked], open }) };
}

/** Each choice that is asked for, the one whose ways are the narrowest first. */
async function choicesOf(filter: DealsFilter, actor: Actor, source: DealSource): Promise<Choice[]> {
  const { scope, partnerId } = filter;
  const choices: Choice[] = [];
  const text = filter.search?.trim();
  if (text) choices.push(await matching(text, source));
  if (partnerId) choices.push({ conditions: [], partners: await source.recordsOf(partnerId) });
  // Mine: I own the deal, or the relationship with a partner on it.
  if (scope === "mine") {
    const partners = actor.userId === null ? [] : await source.partnersOf(actor.userId);
    const conditions = actor.ownerName === null ? [] : [sql`d.owner = ${actor.ownerName}`];
    choices.push({ conditions, partners });
  }
  return choices;
}

async function matching(text: string, source: DealSource): Promise<Choice> {
  const called = WHOLE_ID.test(text) ? await source.dealCalled(text) : null;
  if (called !== null) return { conditions: [sql`d.deal_id = ${called}`], partners: [] };
  const looked = text.length < ANYWHERE ? ` ${text}` : text;
  return {
    conditions: [sql`${WORDS} ilike ${like(looked)}`],
    partners: await source.partnersNamed(looked),
  };
}

async function ofPartnerIn({ partnerId, ofPartner }: DealsFilter, source: DealSource): Promise<SQL[]> {
  if (!partnerId || !ofPartner) return [];
  return conditionOfPartner(await source.recordsOf(partnerId), ofPartner);
}

/** What is asked of the deal itself. */
function partsOf(filter: DealsFilter): SQL[] {
  const parts: SQL[] = [];
  if (filter.outcome?.length) parts.push(sql`d.outcome = ${anyOf(filter.outcome, "outcome")}`);
  if (filter.evidence) parts.push(sql`d.evidence = ${filter.evidence}::grade`);
  if (filter.state) parts.push(sql`d.state = ${filter.state}::deal_outcome`);
  if (filter.status?.length) parts.push(sql`d.status = ${anyOf(filter.status, "deal_status")}`);
  if (filter.stage?.length) parts.push(sql`d.stage = ${anyOf(filter.stage, "smallint")}`);
  if (filter.owner !== undefined) parts.push(sql`d.owner = ${filter.owner}`);
  if (filter.quarter) {
    const within = sql`between ${filter.quarter.from}::date and ${filter.quarter.to}::date`;
    // No deal closes before it is created: said, so that a walk from the newest begins where the quarter ends.
    parts.push(
      sql`d.created_on <= ${filter.quarter.to}::date and (d.created_on ${within} or d.closed_on ${within})`,
    );
  }
  // Said as the partial indexes say it.
  if (filter.needsDecision !== undefined)
    parts.push(filter.needsDecision ? UNDECIDED : sql`not (${UNDECIDED})`);
  if (filter.closing !== undefined) parts.push(filter.closing ? sql`d.closes_soon` : sql`not d.closes_soon`);
  if (filter.disputed !== undefined) parts.push(filter.disputed ? sql`d.disputed` : sql`not d.disputed`);
  return parts;
}
