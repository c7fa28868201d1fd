import { clauseName } from "../../attribution/clauses";
import { GRAY_WORDS, OUTCOME_WORDS } from "../../attribution/words";
import { dayInWords } from "../../text/days";
import { count } from "../../text/words";
import type { Decision, ExceptionRow } from "./pack";
import { type Case, type CaseGroup, type Cases, type Cell, dayCell, textCell, valueCell } from "./section";

const DECISION_NAMES: Readonly<Record<Decision | "facts" | "withdrawn", string>> = {
  rule_upheld: "Rule upheld",
  ruling: "Ruling",
  learning: "Learning",
  facts: "Facts put right",
  withdrawn: "Withdrawn",
};
const SIDE_NAMES = { finance: "Finance", partnerships: "Partnerships" } as const;

/** The exceptions of a quarter, each with its claims, its clause and both sides' decisions (§8.6). */
export function casesOf(rows: readonly ExceptionRow[]): Cases {
  return {
    block: "cases",
    facts: ["Deal", "At stake", "Partner", "Owner", "Opened", "Age"],
    cases: rows.map(caseOf),
    groups: groupsOf(rows),
    empty: "Nothing was contested in this quarter.",
  };
}

/** In the order of their first case. Alike are those of one kind whose claim, clause and decisions read the same. */
function groupsOf(rows: readonly ExceptionRow[]): CaseGroup[] {
  const groups = new Map<string, ExceptionRow[]>();
  for (const row of rows) {
    const { label, state, lines } = { ...caseOf(row), label: row.label };
    const alike = JSON.stringify([label, state, lines]);
    groups.set(alike, [...(groups.get(alike) ?? []), row]);
  }
  return [...groups.values()].map((members) => {
    const [first] = members;
    const { title, state, isOpen, lines } = caseOf(first!);
    const several = members.length > 1;
    return {
      title: several ? `${first!.label}: ${count(members.length, "case")}` : title,
      ...{ state, isOpen, lines },
      each: members.map((row) => [
        ...(several && row.account !== null ? [textCell(row.account)] : []),
        ...inWords(row),
      ]),
    };
  });
}

/** Where the owner stands among the facts. */
const OWNER = 3;

function caseOf(row: ExceptionRow): Case {
  const { label, account, dealId, amount, currency, partner, owner, openedOn, ageDays } = row;
  return {
    title: `${label}: ${account ?? dealId}`,
    facts: [
      textCell(dealId),
      { is: "money", amount, currency },
      textCell(partner?.name ?? ""),
      textCell(owner?.name ?? ""),
      dayCell(openedOn),
      valueCell(ageDays, "days"),
    ],
    state: stateOf(row),
    isOpen: row.state === "open" || row.state === "deferred",
    lines: [
      { name: "Claim", text: claimOf(row) },
      ...(row.clause ? [{ name: "Clause", text: clauseName(row.clause) }] : []),
      ...row.votes.map((vote) => ({
        name: SIDE_NAMES[vote.side],
        text: `${DECISION_NAMES[vote.decision]}${rulingOf(vote)}, ${vote.by.name}: ${vote.reason}`,
      })),
      ...(row.deferred
        ? [{ name: "Deferred", text: `to ${row.deferred.to.name}, until ${dayInWords(row.deferred.until)}` }]
        : []),
    ],
  };
}

/** The facts of a case where no head stands over them. */
function inWords({ owner, ...row }: ExceptionRow): Cell[] {
  const facts = caseOf({ ...row, owner }).facts;
  return facts.map((cell, at) =>
    at === OWNER ? textCell(owner ? `owner ${owner.name}` : "no owner") : cell,
  );
}

function stateOf({ settled, state }: ExceptionRow): string {
  if (settled) return `${DECISION_NAMES[settled.by]}, ${settled.on}`;
  return state === "deferred" ? "Deferred" : "Open";
}

/** In the words of whoever raised it; for a found one, what made it gray. */
function claimOf({ claim, raisedBy, kind }: ExceptionRow): string {
  if (claim !== null) return raisedBy ? `${claim} (${raisedBy.name})` : claim;
  return kind === "other" ? "" : GRAY_WORDS[kind].definition;
}

function rulingOf({ partner, outcome }: ExceptionRow["votes"][number]): string {
  return partner && outcome ? ` (${partner.name}: ${OUTCOME_WORDS[outcome].label.toLowerCase()})` : "";
}
