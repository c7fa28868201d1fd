import type { DealOutcome, Outcome, Role, Stage } from "../attribution/vocabulary";
import { OUTCOME_WORDS, ROLE_WORDS } from "../attribution/words";
import { capital, list } from "../text/words";
import type { DealStatus } from "./deal-status";
import { CLOSING_STAGES } from "./projected-deal";

/** How a deal stands with its partner decision, as people say it. */
export const DEAL_STATUS_WORDS: Readonly<Record<DealStatus, { label: string; definition: string }>> = {
  to_decide: { label: "To decide", definition: "Open, and nobody said yet whether a partner is involved." },
  waits_for_ae: {
    label: "Waits for the AE",
    definition: "A role row waits for the deal's AE to confirm it.",
  },
  disputed: {
    label: "Disputed",
    definition: "Answered, but a partner would earn more if a gap in its evidence were filled.",
  },
  decided: { label: "Decided", definition: "The AE confirmed every partner's role." },
  no_partner: { label: "No partner", definition: "The AE said that no partner is involved." },
  unanswered: {
    label: "Unanswered",
    definition: "It closed without an answer: the monthly reconciliation finds it.",
  },
};

interface Standing {
  status: DealStatus;
  state: DealOutcome;
  stage: Stage;
  owner: string;
  partners: readonly {
    name: string;
    rowId: string | null;
    role: Role | null;
    confirmed: boolean;
    disputed: Outcome | null;
  }[];
}

/** Why a deal stands so: `short` for a row, one sentence for whoever asks; `me` is the reader, where they own deals. */
export function statusReason(deal: Standing, me: string | null = null): { short: string; sentence: string } {
  const names = (those: Standing["partners"]) => list([...new Set(those.map(({ name }) => name))]);
  const { status, owner, partners } = deal;
  switch (status) {
    case "to_decide": {
      const without = partners.filter(({ rowId }) => rowId === null);
      if (without.length > 0)
        return {
          short: `${names(without)} without a role`,
          sentence: `Nobody said yet which role ${names(without)} has, or that none has one.`,
        };
      const near = CLOSING_STAGES.includes(deal.stage);
      return {
        short: near ? `no answer at stage ${deal.stage}` : "no answer yet",
        sentence: `Nobody said yet whether a partner is involved${near ? `, and it is at stage ${deal.stage}` : ""}.`,
      };
    }
    case "waits_for_ae": {
      const waiting = partners.filter(({ rowId, confirmed }) => rowId !== null && !confirmed);
      const claims = waiting.map(
        ({ name, role }) => `${name}${role ? ` as ${ROLE_WORDS[role].label.toLowerCase()}` : ""}`,
      );
      const own = owner === me;
      return {
        short: `waits for ${own ? "you" : owner}`,
        sentence: `${own ? "You confirm or refuse" : `${capital(owner)} confirms or refuses`} ${list(claims)}.`,
      };
    }
    case "disputed": {
      const contested = partners.find(({ disputed }) => disputed !== null);
      const better = contested?.disputed ? OUTCOME_WORDS[contested.disputed].label.toLowerCase() : "more";
      return {
        short: `would be ${better}`,
        sentence: `${contested?.name ?? "A partner"} would be ${better} if the gaps in its evidence were filled.`,
      };
    }
    case "decided":
      return { short: "", sentence: `Confirmed: ${names(partners.filter(({ rowId }) => rowId !== null))}.` };
    case "unanswered":
      return {
        short: `${deal.state} without an answer`,
        sentence: `It was ${deal.state} before anybody said whether a partner was involved.`,
      };
    default:
      return { short: "", sentence: DEAL_STATUS_WORDS[status].definition };
  }
}
