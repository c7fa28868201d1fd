import type { Outputs } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { formatMoney } from "@/lib/money";

/** What stands on a deal now, in one line: what somebody reads whose edit came second. */
export function stands({ deal, roles }: Outputs["deal"]): string {
  const where =
    deal.state === "open"
      ? `stage ${deal.stage}, ${STAGE_WORDS[deal.stage].label.toLowerCase()}`
      : DEAL_OUTCOME_LABELS[deal.state].toLowerCase();
  const partners =
    roles.length > 0
      ? roles
          .map(
            (row) =>
              `${row.partner.name} as ${ROLE_WORDS[row.role].label.toLowerCase()}${row.confirmedOn ? "" : " (not confirmed)"}`,
          )
          .join(", ")
      : deal.noPartner
        ? `no partner involved, says ${deal.noPartner.by}`
        : "nobody in the role table";
  return `${where}; ${formatMoney(deal.amount, deal.currency)}; ${partners}`;
}
