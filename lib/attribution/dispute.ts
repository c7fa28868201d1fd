import { firstOfMonth } from "../calendar";
import { ACTIVITY, OPEN, ROLE } from "./columns";
import type { Missing } from "./result";
import { HAND_GAP, OWN_GAP, SOME_FILLED, type Weighing } from "./weighing";

/** One thing that a fact lacks and that somebody could still supply (§5 dispute): a bit of one of the deal's facts. */
interface Gap {
  place: number;
  bit: number;
  factId: string;
  lacks: "second_hand" | "confirmation" | "proof" | "approval";
}

/**
 * What would settle a partner's dispute: a smallest set of gaps whose filling earns the `better` outcome, none of
 * which can be left out (domain.md §5). Every gap is thought filled and updates met; then gap after gap is opened
 * again, approvals first and second hands last, and stays open where the better outcome holds without it.
 *
 * @param weighing turned to the deal
 * @param better as its place in `OUTCOMES`
 */
export function whatSettles(weighing: Weighing, partner: number, better: number): Missing[] {
  const { compiled, filled, table, firstFact, endFact } = weighing;
  const gaps = gapsOf(weighing, partner);
  filled.length = endFact - firstFact;
  filled.fill(0);
  for (const { place, bit } of gaps) filled[place]! |= bit;
  const holds = (updatesMet: boolean) => {
    const supposed = { filled: SOME_FILLED, updatesMet };
    return compiled.decide(weighing.weigh(partner, compiled.least, supposed)) === better;
  };
  const needed: Gap[] = [];
  for (const gap of gaps.reverse()) {
    filled[gap.place]! &= ~gap.bit;
    if (holds(true)) continue;
    filled[gap.place]! |= gap.bit;
    needed.push(gap);
  }
  const missing: Missing[] = needed.reverse().map(({ factId, lacks }) => ({ factId, lacks }));
  if (holds(false)) return missing;
  const dealId = table.dealIds[weighing.deal]!;
  for (const { month, count } of weighing.shortfalls())
    missing.push({ factId: dealId, lacks: "updates", month: firstOfMonth(month).slice(0, 7), count });
  return missing;
}

/**
 * The gaps of a partner's evidence: second hands, where the policy asks for two, then confirmations, proofs and
 * approvals, each by fact id. What no system witnessed stays unwitnessed.
 */
function gapsOf({ table, compiled, firstFact, endFact }: Weighing, partner: number): Gap[] {
  const gaps: Gap[] = [];
  for (let at = firstFact; at < endFact; at++) {
    if (table.partner[at] !== partner) continue;
    const own = { place: at - firstFact, factId: table.factIds[at]! };
    if (compiled.asksForTwo && table.grade[at] === 0)
      gaps.push({ ...own, bit: HAND_GAP, lacks: "second_hand" });
    if ((table.factBits[at]! & OPEN) !== 0)
      gaps.push({ ...own, bit: OWN_GAP, lacks: lackOf(table.kind[at]!) });
  }
  const order = ["second_hand", "confirmation", "proof", "approval"];
  return gaps.sort(
    (one, other) =>
      order.indexOf(one.lacks) - order.indexOf(other.lacks) || (one.factId < other.factId ? -1 : 1),
  );
}

function lackOf(kind: number): Gap["lacks"] {
  return kind === ACTIVITY ? "proof" : kind === ROLE ? "confirmation" : "approval";
}
