import type { Clause } from "@/lib/attribution/clauses";

/** The id of a clause in a page that shows the memo, by which Why, exceptions and links find it. */
export const clauseAnchor = (clause: Clause) => `clause-${clause}`;

/** Where a clause can be read: in the policy named, else in the one in force. */
export function clauseAddress(clause: Clause, policyId?: string): string {
  return `${policyId ? policyAddress(policyId) : "/policy"}#${clauseAnchor(clause)}`;
}

export const policyAddress = (policyId: string) => `/policy/${encodeURIComponent(policyId)}`;
