import type { Outputs } from "@/lib/api/client";
import { REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

type Reason = Outputs["tagging"]["suggestions"][number]["reasons"][number];

/** Why a partner would help a deal, in a few words. */
export function reasonWords(reason: Reason): string {
  switch (reason.of) {
    case "registered":
      return `registered on ${dayInWords(reason.on)}, ${REGISTRATION_STATUS_LABELS[reason.status].toLowerCase()}`;
    case "acted":
      return `${count(reason.activities, "activity", "activities")} on this deal, the last on ${dayInWords(reason.lastOn)}`;
    case "in_account":
      return `in the account since ${dayInWords(reason.since)}`;
    case "account_deals":
      return `on ${count(reason.deals, "other deal")} of the account, ${reason.won} won`;
    case "like_deals":
      return `credited on ${count(reason.won, "won deal")} like this one`;
  }
}
