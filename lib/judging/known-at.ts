import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { factsOnDay } from "@/lib/attribution/known";
import type { Policy } from "@/lib/attribution/policy";
import type { Quarter } from "@/lib/calendar";
import type { Course, DealCause } from "@/lib/metrics/moved";
import { type Judgement, type ProjectedDeal, projectDeal } from "@/lib/metrics/projected-deal";
import { type CohortReader, NO_COHORTS, readCohorts } from "./cohorts";
import { type LoadedDeal, readDocuments } from "./facts";
import { countedAs, heldDocuments, readHeld } from "./held";
import { type PolicyBook, policyBook } from "./policy-book";
import { rewoundTo } from "./rewound";

/** A moment whose numbers are asked for (domain.md §7). */
export interface Moment {
  /** The company's day: what the facts are judged as of. */
  day: Day;
  /** ISO 8601; null before the house's first entry, when only the facts' own days tell what was so. */
  at: string | null;
}

/** What the house knew at a moment, and by which policies it judged. */
export interface Known {
  moment: Moment;
  db: Db;
  book: PolicyBook;
  medians: CohortReader;
}

export async function knownAt(db: Db, moment: Moment): Promise<Known> {
  const { at, day } = moment;
  const [then, book] = await Promise.all([
    at === null ? db : rewoundTo(db, at, day),
    policyBook(db, at ?? undefined),
  ]);
  return {
    moment,
    db: then,
    book,
    medians: book.comparesCohorts ? await readCohorts(then, day) : NO_COHORTS,
  };
}

/** The deals that a span's numbers may look at, and those that closed before they were created. */
const among = ({ from, to }: Pick<Quarter, "from" | "to">): SQL => sql`
  (created_on <= ${to}::date and (closed_on is null or closed_on >= ${from}::date or created_on >= ${from}::date))
  or closed_on between ${from}::date and ${to}::date`;

const BATCH = 1_000;

async function* batchesOf(known: readonly Known[], span: Pick<Quarter, "from" | "to">) {
  const ids = new Set<string>();
  for (const { db, moment } of known) {
    const rows = await db.execute<{ id: string }>(sql`
      select id from deals where ${among(span)}
      union select s.deal_id from sealed_deals s join sealed_quarters q on q.quarter = s.quarter
        where s.closed_on between q.from_day and q.to_day and ${moment.at === null ? sql`false` : sql`q.sealed_at <= ${moment.at}::timestamptz`}
          and s.created_on <= ${span.to}::date and s.closed_on >= ${span.from}::date`);
    for (const { id } of rows) ids.add(id);
  }
  const sorted = [...ids].sort();
  for (let at = 0; at < sorted.length; at += BATCH) yield sorted.slice(at, at + BATCH);
}

/** A deal as a moment knows it, and what is counted instead where a seal holds it. */
interface Standing {
  named: Pick<LoadedDeal, "account" | "owner" | "noPartnerOn">;
  /** Without what is dated later. */
  facts: Facts;
  held: Judgement | null;
}

async function standingsOf({ db, moment }: Known, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { day, at } = moment;
  const documents = await readDocuments(db, ids, day, at === null ? [] : [heldDocuments(ids, at)]);
  const found = new Map<string, Standing>();
  for (const loaded of documents) {
    const { id, createdOn, closedOn } = loaded.facts.deal;
    // Re-keyed deals close before they are created (§7).
    if (createdOn > day && closedOn === null) continue;
    const held = loaded.more.length > 0 ? countedAs(loaded, null as never) : null;
    found.set(id, { named: loaded, facts: factsOnDay(loaded.facts), held });
  }
  // What a seal holds of a deal that is gone counts on (gone.ts).
  const gone = at === null ? [] : ids.filter((id) => !documents.some(({ facts }) => facts.deal.id === id));
  for (const [id, document] of await readHeld(db, gone, at ?? undefined)) {
    const held = JSON.parse(document) as Judgement;
    found.set(id, { named: held, facts: held.facts, held });
  }
  return found;
}

function judgedOn(
  { named, facts, held }: Standing,
  policy: Policy,
  policyHash: string,
  medians: CohortReader,
) {
  if (held) return projectDeal(held);
  const document = {
    ...facts,
    cohort: { medianCycleDays: medians(facts.deal, facts.deal.closedOn ?? facts.asOf) },
  };
  const { account, owner, noPartnerOn } = named;
  const result = classify(policy, document);
  return projectDeal({ facts: document, result, policyHash, account, owner, noPartnerOn });
}

/** Every deal that a span's numbers may look at, as it counted at a moment; a batch at a time, nothing is stored. */
export async function* judgedAt(
  known: Known,
  span: Pick<Quarter, "from" | "to">,
): AsyncGenerator<ProjectedDeal[]> {
  const { book, medians, moment } = known;
  for await (const ids of batchesOf([known], span)) {
    const standing = await standingsOf(known, ids);
    yield [...standing.values()].map((one) => {
      const { policy, hash } = book.judging(one.facts.deal, moment.day);
      return judgedOn(one, policy, hash, medians);
    });
  }
}

/** Each of those deals on its way from one moment to a later one (lib/metrics/moved.ts), as it is `counted`: null for not. */
export async function coursesOf(
  from: Known,
  to: Known,
  quarter: Quarter,
  counted: (deal: ProjectedDeal) => ProjectedDeal | null,
): Promise<Course<ProjectedDeal>[]> {
  const courses: Course<ProjectedDeal>[] = [];
  for await (const ids of batchesOf([from, to], quarter)) {
    const [were, are] = [await standingsOf(from, ids), await standingsOf(to, ids)];
    for (const id of ids) {
      const was = were.get(id) ?? null;
      const is = are.get(id) ?? null;
      if (was || is) {
        const course = courseOf(id, was, is, from, to);
        for (const step of ["before", "underPolicy", "inTime", "after"] as const)
          course[step] = course[step] && counted(course[step]);
        courses.push(course);
      }
    }
  }
  return courses;
}

function courseOf(
  id: string,
  was: Standing | null,
  is: Standing | null,
  from: Known,
  to: Known,
): Course<ProjectedDeal> {
  const judged = (one: Standing, { book, moment, medians }: Known) => {
    const { policy, hash } = book.judging(one.facts.deal, moment.day);
    return judgedOn(one, policy, hash, medians);
  };
  if (!was)
    return { id, cause: "new_deals", before: null, underPolicy: null, inTime: null, after: judged(is!, to) };
  const first = from.book.judging(was.facts.deal, from.moment.day);
  // As of the later day: a policy that came into force meanwhile is the policy's doing, not time's.
  const last = to.book.judging(was.facts.deal, to.moment.day);
  const before = judgedOn(was, first.policy, first.hash, from.medians);
  const underPolicy = first.hash === last.hash ? before : judgedOn(was, last.policy, last.hash, from.medians);
  const later = { ...was, facts: { ...was.facts, asOf: to.moment.day } };
  const inTime =
    from.moment.day === to.moment.day ? underPolicy : judgedOn(later, last.policy, last.hash, from.medians);
  return { id, cause: causeOf(was, is), before, underPolicy, inTime, after: is && judged(is, to) };
}

/** What a close locks (§8.3). */
const LOCKED = ["amount", "currency", "type", "route", "closedOn", "outcome", "firstEngagedOn"] as const;

function causeOf(was: Standing, is: Standing | null): DealCause {
  if (!is) return "changed_facts";
  const [before, after] = [(was.held?.facts ?? was.facts).deal, (is.held?.facts ?? is.facts).deal];
  if (before.closedOn === null) return after.closedOn === null ? "changed_facts" : "closed_deals";
  return LOCKED.some((name) => before[name] !== after[name]) ? "corrections" : "changed_facts";
}
