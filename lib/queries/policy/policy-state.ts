import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { type PolicyInForce, policyInForce } from "@/lib/judging/policy-book";
import type { PolicyState } from "../shapes";

/** A policy as answers show it. */
export function stateOf({ hash, policy, signed, proposed, unsignedBefore }: PolicyInForce): PolicyState {
  return { hash, model: policy.model, signed, proposed, unsignedBefore };
}

/** The policy in force on a day, as answers show it. */
export async function policyState(db: Db, day: Day): Promise<PolicyState> {
  return stateOf(await policyInForce(db, day));
}
