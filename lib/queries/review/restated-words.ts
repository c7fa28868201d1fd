import type { Facts } from "@/lib/attribution/facts";
import { activityLabel } from "@/lib/attribution/menu";
import type { Outcome } from "@/lib/attribution/vocabulary";
import {
  DEAL_OUTCOME_LABELS,
  DEAL_TYPE_LABELS,
  INVOLVEMENT_WORDS,
  OUTCOME_WORDS,
  PARTNER_KIND_LABELS,
  programLabel,
  REGISTRATION_STATUS_LABELS,
  ROLE_WORDS,
  ROUTE_LABELS,
} from "@/lib/attribution/words";
import { isDay } from "@/lib/calendar";
import { formatMoney } from "@/lib/money";
import type { SealedDocument } from "@/lib/sealing/seal";
import { dayInWords } from "@/lib/text/days";
import { capital, codeWords, list } from "@/lib/text/words";
import type { Change } from "./restated";

/** A difference as people read it: names, days and currency, never an id, JSON or minor units. */
export interface ChangeWords {
  what: string;
  /** Null when it was not there. */
  sealed: string | null;
  /** Null when it is gone. */
  current: string | null;
}

/** The words of one difference between a sealed deal and what it is now. */
export function changeInWords(change: Change, sealed: SealedDocument, current: SealedDocument): ChangeWords {
  const names = { ...sealed.partners, ...current.partners };
  const nameOf = (id: string | null) => (id === null ? "nobody" : (names[id] ?? "a partner without a name"));
  const say = (text: string | null, document: SealedDocument) =>
    text === null ? null : valueWords(change, text, document, nameOf);
  return {
    what: whatWords(change, sealed, current, nameOf),
    sealed: say(change.sealed, sealed),
    current: say(change.current, current),
  };
}

type NameOf = (id: string | null) => string;

const OF_WORDS: Readonly<Record<Change["of"], string>> = {
  deal: "Deal",
  name: "Deal",
  stage: "Stage",
  registration: "Registration",
  role: "Role row",
  activity: "Activity",
  ruling: "Ruling",
  partner: "Partner",
  cohort: "Cohort",
  policy: "Policy",
  outcome: "Outcome",
  credit: "Credit",
};

/** Fields whose name in the code is not how people call them. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  noPartnerOn: "no partner involved, said on",
  firstEngagedOn: "our own first touch",
  recreatedFrom: "re-created from another deal",
  medianCycleDays: "median cycle",
  parentId: "parent",
  hash: "memo",
  touchStage: "stage of the touch",
  secondHandOn: "a second person stood behind it on",
};

function whatWords(
  { of, id, field }: Change,
  sealed: SealedDocument,
  current: SealedDocument,
  nameOf: NameOf,
): string {
  const fact = id === null ? null : (factWords(of, id, current, nameOf) ?? factWords(of, id, sealed, nameOf));
  const what = fact ? `${OF_WORDS[of]}, ${fact}` : OF_WORDS[of];
  if (field === null || of === "outcome" || (of === "credit" && field === "credit")) return what;
  return `${what}: ${FIELD_WORDS[field] ?? codeWords(field)}`;
}

/** A fact by what it is: `Joint discovery with Northgate on 20 Jan 2026`. */
function factWords(of: Change["of"], id: string, { facts }: SealedDocument, nameOf: NameOf): string | null {
  switch (of) {
    case "activity":
      return first(facts.activities, id, (one) => activityWords(one, nameOf));
    case "role":
      return first(facts.roles, id, (one) => roleWords(one, nameOf));
    case "registration":
      return first(facts.registrations, id, (one) => registrationWords(one, nameOf));
    case "ruling":
      return first(facts.rulings, id, (one) => rulingWords(one, nameOf));
    case "partner":
    case "credit":
      return nameOf(id);
    default:
      return null;
  }
}

function first<T extends { id: string }>(facts: readonly T[], id: string, words: (fact: T) => string) {
  const found = facts.find((one) => one.id === id);
  return found ? words(found) : null;
}

const activityWords = ({ type, partnerId, occurredOn }: Facts["activities"][number], nameOf: NameOf) =>
  `${activityLabel(type)} with ${nameOf(partnerId)} on ${dayInWords(occurredOn)}`;
const roleWords = ({ role, partnerId, touchedOn }: Facts["roles"][number], nameOf: NameOf) =>
  `${nameOf(partnerId)} as ${ROLE_WORDS[role].label.toLowerCase()} from ${dayInWords(touchedOn)}`;
const registrationWords = ({ partnerId, submittedOn }: Facts["registrations"][number], nameOf: NameOf) =>
  `${nameOf(partnerId)}'s of ${dayInWords(submittedOn)}`;
const rulingWords = ({ partnerId, outcome, decidedOn }: Facts["rulings"][number], nameOf: NameOf) =>
  `${nameOf(partnerId)} is ${OUTCOME_WORDS[outcome].label.toLowerCase()}, decided on ${dayInWords(decidedOn)}`;

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: DEAL_TYPE_LABELS,
  route: ROUTE_LABELS,
  "deal.outcome": DEAL_OUTCOME_LABELS,
  status: REGISTRATION_STATUS_LABELS,
  kind: PARTNER_KIND_LABELS,
};

function valueWords(
  { of, id, field }: Change,
  text: string,
  document: SealedDocument,
  nameOf: NameOf,
): string {
  const { currency } = document.facts.deal;
  if (field === null) {
    if (of === "stage") {
      const { stage, enteredOn } = JSON.parse(text) as Facts["stages"][number];
      return `stage ${stage} on ${dayInWords(enteredOn)}`;
    }
    if (of === "credit") return creditWords((JSON.parse(text) as { credit: string }).credit, currency);
    return capital((id && factWords(of, id, document, nameOf)) ?? "there");
  }
  const label =
    LABELS[`${of}.${field}`]?.[text] ??
    (of === "deal" || of === "registration" || of === "partner" ? LABELS[field]?.[text] : undefined);
  if (label) return label;
  if (isDay(text as unknown)) return dayInWords(text);
  switch (field) {
    case "amount":
      return formatMoney(Number(text), currency);
    case "outcome":
    case "disputed":
      return OUTCOME_WORDS[text as Outcome]?.label ?? text;
    case "credit":
      return creditWords(text, currency);
    case "partnerId":
    case "parentId":
      return nameOf(text);
    case "role":
      return ROLE_WORDS[text as keyof typeof ROLE_WORDS]?.label ?? text;
    case "type":
      return activityLabel(text);
    case "involvement":
      return INVOLVEMENT_WORDS[text as keyof typeof INVOLVEMENT_WORDS]?.label ?? text;
    case "programs":
      return programWords(text);
    case "hash":
      return text.slice(0, 12);
    case "recreatedFrom":
      return "yes";
    case "medianCycleDays":
      return `${text} days`;
    default:
      return text;
  }
}

/** `Sourced USD 32,000.00`; of nothing `none`. */
function creditWords(text: string, currency: string): string {
  const credit = Object.entries(JSON.parse(text) as Record<Outcome, number>);
  if (credit.length === 0) return "none";
  return list(
    credit.map(
      ([outcome, amount]) => `${OUTCOME_WORDS[outcome as Outcome].label} ${formatMoney(amount, currency)}`,
    ),
  );
}

function programWords(text: string): string {
  const programs = (JSON.parse(text) as { name: string; from: string | null; to: string | null }[]).map(
    ({ name, from, to }) =>
      [programLabel(name), from && `from ${dayInWords(from)}`, to && `until ${dayInWords(to)}`]
        .filter(Boolean)
        .join(" "),
  );
  return programs.length === 0 ? "none" : list(programs);
}
