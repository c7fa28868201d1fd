import { GRADE_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { monthInWords } from "@/lib/text/days";
import type { DealsParams } from "./deals-filters";

/** What is asked of that partner itself. */
export function ofPartnerWords(params: DealsParams): string[] {
  return [
    params.partnerOutcome?.map((one) => OUTCOME_WORDS[one].label.toLowerCase()).join(" or "),
    params.partnerEvidence && GRADE_WORDS[params.partnerEvidence].label.toLowerCase(),
    params.partnerDisputed && "disputed",
    params.partnerActed && `acted in ${monthInWords(params.partnerActed)}`,
    params.partnerProof && (params.partnerProof === "proven" ? "with proof" : "without proof"),
  ].flatMap((word) => word || []);
}
