import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import type { Db } from "./client";

/** A policy as it judges: the document, its hash, and who made it binding. */
export interface PolicyInForce {
  policy: Policy;
  /** SHA-256 over the canonical JSON, 64 hexadecimal digits (domain.md §3). */
  hash: string;
  /** Null while it is a draft: every number then says so (§8.8). */
  signed: { version: number; activeFrom: Day } | null;
}

/** The policies of all time, asked by day. */
export interface PolicyBook {
  /** A closed deal is judged by the policy of its close day, an open one by that of `asOf` (§5). */
  inForce(day: Day): PolicyInForce;
  /** First day after `day` on which another policy is in force; null when none is foreseen. */
  nextChange(day: Day): Day | null;
  /** Whether any of them compares deals with their cohort, so that one deal can change another's outcome. */
  readonly comparesCohorts: boolean;
}

/** SHA-256 of the policy's canonical JSON, which is what people sign (§3). */
export function policyHash(policy: Policy): string {
  return createHash("sha256").update(canonicalJson(policy)).digest("hex");
}

/** A book of one unsigned policy, for all days: a lens, a backtest, or what stands before anything is signed. */
export function draftBook(policy: Policy): PolicyBook {
  const only: PolicyInForce = { policy, hash: policyHash(policy), signed: null };
  return {
    inForce: () => only,
    nextChange: () => null,
    comparesCohorts: asksForCohort(policy),
  };
}

/** Acceleration alone looks at other deals (§4 accelerated), and one model alone at acceleration (§5). */
export function asksForCohort(policy: Policy): boolean {
  return policy.model === "roi_buckets";
}

const UNSIGNED = draftBook(PRESETS.two_bucket);

/** The policies this company has signed; until it has, the two_bucket preset as a draft (§3, §8.8). */
export async function policyBook(_db: Db): Promise<PolicyBook> {
  return UNSIGNED;
}

/** The policy in force on a day. */
export async function policyInForce(db: Db, day: Day): Promise<PolicyInForce> {
  return (await policyBook(db)).inForce(day);
}
