import { formatMajor } from "../../money";
import { thousands } from "../../text/numbers";
import { capital, count, list, plural } from "../../text/words";
import type { Clause } from "../clauses";
import { clauseName } from "../clauses";
import type { Outcome } from "../vocabulary";
import { GRAY_WORDS, OUTCOME_WORDS } from "../words";
import { HAND_WORDS, type Hand } from "./hands";
import type { Hole } from "./search";
import type { Write } from "./writes";

const named = (outcome: Outcome) => OUTCOME_WORDS[outcome].label.toLowerCase();

/** What is written, as people count it: "one role row and two activities, dated back 25 days". */
export function writesPhrase({ writes, cost }: Pick<Hole, "writes" | "cost">): string {
  const kinds = [...new Set(writes.map(kindOf))].map((kind) => {
    const times = writes.filter((write) => kindOf(write) === kind).length;
    const [one, many] = KINDS[kind];
    return times === 1 ? `one ${one}` : `${count(times, one, many)}`;
  });
  const back = cost.daysBack === 0 ? "" : ` dated back ${cost.daysBack} ${plural(cost.daysBack, "day")}`;
  return `${list(kinds)}${back}`;
}

type Kind = Exclude<Write["kind"], "row"> | "row" | "rewritten";

const KINDS: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  row: ["role row", "role rows"],
  rewritten: ["role row rewritten", "role rows rewritten"],
  activity: ["activity with a link", "activities with a link"],
  proof: ["link for an activity without proof", "links for activities without proof"],
  registration: ["approved registration", "approved registrations"],
  program: ["program granted", "programs granted"],
  engagement: ["first engagement of our own taken back", "first engagements of our own taken back"],
};

const kindOf = (write: Write): Kind =>
  write.kind === "row" && write.rewrites !== null ? "rewritten" : write.kind;

/** A hole in a sentence. `deal` and `partner` as people know them; null where any partner would do. */
export function holeSentence(
  hole: Hole,
  { deal, partner, currency }: { deal: string; partner: string | null; currency: string },
): string {
  const { before, after } = hole;
  const who = `${capital(HAND_WORDS[hole.hand])} alone`;
  const money = (amount: number) => `${currency} ${thousands(formatMajor(amount, currency))}`;
  const standing = before.partner === null ? "none" : named(before.partner);
  const whose = partner ?? "any partner";
  return (
    `${who}: ${writesPhrase(hole)} ${plural(hole.writes.length, "makes", "make")} ${whose} ` +
    `${named(hole.outcome)} on ${deal} instead of ${standing}, with ${money(after.credit)} of credit instead of ${money(before.credit)}.`
  );
}

/** Where it would be seen. */
export function seenSentence({ seenAs }: Pick<Hole, "seenAs">): string {
  return seenAs.length === 0
    ? "Nothing in the exceptions log shows it."
    : `The exceptions log shows it as ${list(seenAs.map((code) => GRAY_WORDS[code].label.toLowerCase()))}.`;
}

/** The clauses that let it through. */
export function lettingSentence(clauses: readonly Clause[]): string {
  if (clauses.length === 0) return "No single clause, read strictly, would stop it.";
  return `Let through by ${list(clauses.map(clauseName), "or")}: read strictly, ${clauses.length === 1 ? "it stops" : "either stops"} it.`;
}

/** What keeps a hand from an outcome. */
export function stoppedSentence({
  hand,
  outcome,
  clause,
}: {
  hand: Hand;
  outcome: Outcome;
  clause: Clause | null;
}): string {
  const who = `${capital(HAND_WORDS[hand])} alone makes nothing ${named(outcome)}`;
  return clause === null
    ? `${who}: what that hand may write does not earn it.`
    : `${who}: ${clauseName(clause)} stops it.`;
}
