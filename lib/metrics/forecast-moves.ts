import type { Day } from "../attribution/facts";
import type { FiscalYear } from "../calendar";
import { closeOf, UNDATED, type WeighedDeal } from "./forecast";

/** Why a deal of an earlier week's commit is not in the later one. */
export const LEAVINGS = ["won", "lost", "not_sourced", "gone"] as const;
export type Leaving = (typeof LEAVINGS)[number];

export interface Left {
  id: string;
  why: Leaving;
  /** The day of its close; null where it did not close. */
  on: Day | null;
}

export const MOVES = ["added", "pulled_in", "pushed_out", "changed", ...LEAVINGS] as const;
export type MoveKind = (typeof MOVES)[number];

/** One thing that changed of a deal that is in both weeks. */
export interface Because {
  what: "close_day" | "amount" | "currency" | "stage" | "probability" | "rate";
  from: string | number | null;
  to: string | number | null;
}

export interface Move {
  kind: MoveKind;
  id: string;
  account: string | null;
  owner: string;
  before: WeighedDeal | null;
  after: WeighedDeal | null;
  left: Left | null;
  /** What it does to the commit, in the reporting currency's minor units. */
  delta: number;
  because: Because[];
}

export interface MovesAsked {
  before: readonly WeighedDeal[];
  after: readonly WeighedDeal[];
  /** What became of those that are in `before` alone; one that is missing is gone. */
  left: readonly Left[];
  year: FiscalYear;
  /** The commit of one close quarter, or `UNDATED`; of all when null. */
  close: string | null;
}

/**
 * What moved a commit between two weeks, deal by deal (domain.md §7 forecast): the commit of the first plus all deltas
 * is the commit of the second, exactly. A deal that is in both is pulled in or pushed out when its close quarter is
 * another one, else changed; where it did not change and moves nothing, it is no move.
 */
export function movesBetween({ before, after, left, year, close }: MovesAsked): Move[] {
  const earlier = new Map(inCommit(before).map((deal) => [deal.id, deal]));
  const later = new Map(inCommit(after).map((deal) => [deal.id, deal]));
  const leavings = new Map(left.map((one) => [one.id, one]));
  const counts = (deal: WeighedDeal | null) =>
    deal !== null && (close === null || closeOf(deal, year) === close) ? deal.weighted : null;
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().flatMap((id): Move[] => {
    const was = earlier.get(id) ?? null;
    const is = later.get(id) ?? null;
    if (counts(was) === null && counts(is) === null) return [];
    const gone = is === null ? (leavings.get(id) ?? { id, why: "gone" as const, on: null }) : null;
    const delta = (counts(is) ?? 0) - (counts(was) ?? 0);
    const because = was && is ? becauseOf(was, is) : [];
    if (was && is && delta === 0 && because.length === 0) return [];
    const { account, owner } = (is ?? was)!;
    const kind = gone ? gone.why : was === null ? "added" : shifted(was, is!, year);
    return [{ kind, id, account, owner, before: was, after: is, left: gone, delta, because }];
  });
}

const inCommit = (deals: readonly WeighedDeal[]) => deals.filter(({ treatment }) => treatment === "commit");

/** A deal without a day is expected after all that have one. */
function shifted(was: WeighedDeal, is: WeighedDeal, year: FiscalYear): MoveKind {
  const [from, to] = [closeOf(was, year), closeOf(is, year)];
  if (from === to) return "changed";
  if (from === UNDATED || to === UNDATED) return from === UNDATED ? "pulled_in" : "pushed_out";
  return to < from ? "pulled_in" : "pushed_out";
}

function becauseOf(was: WeighedDeal, is: WeighedDeal): Because[] {
  const changes: Because[] = [];
  const said = (what: Because["what"], from: Because["from"], to: Because["to"]) => {
    if (from !== to) changes.push({ what, from, to });
  };
  said("close_day", was.expectedCloseOn, is.expectedCloseOn);
  said("currency", was.currency, is.currency);
  said("amount", was.amount, is.amount);
  said("stage", was.stage, is.stage);
  // Of another stage another probability is no change of its own.
  if (was.stage === is.stage) said("probability", was.probability, is.probability);
  if (was.amount === is.amount && was.currency === is.currency) said("rate", was.converted, is.converted);
  return changes;
}
