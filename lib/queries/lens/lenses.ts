import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { lensOf } from "@/lib/attribution/lens";
import type { Policy } from "@/lib/attribution/policy";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter } from "@/lib/calendar";
import { readSide } from "@/lib/judging/backtest";
import { eachFacts } from "@/lib/judging/facts";
import { policyInForce } from "@/lib/judging/policy-book";
import { isAbout } from "@/lib/metrics/backtest";
import { readCompany } from "../company/company";

/** What is looked through: a policy's own model and the other three beside it. */
export interface Lenses {
  own: Model;
  policies: Record<Model, Policy>;
}

/** The four lenses of the policy in force on a day, or of a stored one such as a draft (§5). */
export async function readLenses(db: Db, asOf: Day, policyId: string | undefined): Promise<Lenses> {
  const { policy } =
    policyId === undefined ? await policyInForce(db, asOf) : await readSide(db, { policyId }, "policy");
  const policies = Object.fromEntries(MODELS.map((model) => [model, lensOf(model, policy)]));
  return { own: policy.model, policies: policies as Record<Model, Policy> };
}

/** A deal through some lenses. */
export interface Seen {
  deal: Facts["deal"];
  outcomes: ReadonlyMap<Model, Outcome>;
}

/** Judges the deals created or closed in a quarter, or all, under the lenses given; nothing is stored. */
export async function* throughLenses(
  db: Db,
  asOf: Day,
  policies: Partial<Record<Model, Policy>>,
  quarter: Quarter | null,
): AsyncGenerator<Seen[]> {
  const lenses = Object.entries(policies) as [Model, Policy][];
  const cohorts = lenses.some(([model]) => model === "roi_buckets");
  for await (const batch of eachFacts(db, { asOf, cohorts })) {
    yield batch
      .filter(({ deal }) => isAbout(deal, quarter ? [quarter] : []))
      .map((facts) => ({
        deal: facts.deal,
        outcomes: new Map(lenses.map(([model, policy]) => [model, classify(policy, facts).outcome])),
      }));
  }
}

/** The fiscal quarter of a label; null for all time. */
export async function quarterOrAll(db: Db, label: string | undefined): Promise<Quarter | null> {
  if (label === undefined) return null;
  return parseQuarter(label, (await readCompany(db)).fiscalFirstMonth);
}
