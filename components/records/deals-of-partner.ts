import type { Inputs } from "@/lib/api/client";

type Asked = Pick<
  Inputs["dealsList"],
  "state" | "partnerOutcome" | "partnerEvidence" | "partnerDisputed" | "partnerActed" | "partnerProof"
>;

/** The address of a partner's deals, narrowed as a figure is: what it opens is what it counts. */
export function dealsOfPartner(partnerId: string, asked: Asked = {}): string {
  const said = Object.entries(asked).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return `/deals?${new URLSearchParams([["scope", "all"], ["partner", partnerId], ...said])}`;
}
