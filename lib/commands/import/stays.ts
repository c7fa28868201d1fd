import type { DealStanding } from "@/db/take-back";
import type { Kind } from "@/lib/interchange/kinds";
import { parseMembership } from "@/lib/interchange/programs";
import { capital } from "@/lib/text/words";
import { locks, mayDeleteDeal, mayEditDeal, mayMoveStage, unlessClosed, unlessLocked } from "../deal/guards";
import { all, type Guard, type MaySay } from "../guard";
import { changed } from "../undo-guards";

type Row = Readonly<Record<string, unknown>>;

/** One row of a file on its way back: as it was, as the file left it, and as it stands. */
export interface BackRow {
  id: string;
  before: Row | null;
  after: Row;
  current: Row | undefined;
}

/** What decides whether a row goes back. */
export interface Standing {
  importId: string;
  deals: ReadonlyMap<string, DealStanding>;
  /** Rows that people answered here beside what the file says. */
  answered: ReadonlySet<string>;
  /** Of partners and accounts that the file made: what rests on them. */
  resting: ReadonlyMap<string, string>;
  /** Every partner there is; empty for kinds that name none. */
  partners: ReadonlySet<string>;
  /** Of the accounts that the file named or left, those that stand under their ids. */
  accounts: ReadonlySet<string>;
  /** Quarters whose seal holds what the file said. */
  frozen: ReadonlySet<string>;
}

/**
 * Whether a row goes back to what it was before its file, or the sentence that says why it stays: somebody changed
 * it since, something rests on it, or its deal is closed. Locks are those of the verbs that would do it by hand (§8.3).
 */
export function mayGoBack(kind: Kind, row: BackRow, standing: Standing): MaySay {
  return all(unlessTouched(kind, row, standing), KINDS_OWN[kind]?.(row, standing) ?? true);
}

function unlessTouched(kind: Kind, { id, before, after, current }: BackRow, standing: Standing): MaySay {
  if (!current) return before === null || "It was removed here since";
  const isSaid = (column: string) =>
    column !== "programs" && (column !== "accountId" || standing.accounts.has(String(after.accountId)));
  const columns = changed(after, current).filter(isSaid);
  if (columns.includes("importId") && current.importId !== null)
    return "A later file changed it: take that one back first";
  if (columns.length > 0 || (kind === "partners" && !samePrograms(before, after, current)))
    return "It was changed here since";
  return !standing.answered.has(id) || "It was answered here";
}

/** What the file left, whatever it ended apart: that one's last day is the day on which it landed. */
function samePrograms(before: Row | null, after: Row, current: Row): boolean {
  const told = after.programs as string[];
  const key = (text: string) => {
    const { name, from } = parseMembership("programs", text);
    return `${name}@${from ?? ""}`;
  };
  const stood = new Set(((before?.programs ?? []) as string[]).map(key));
  const now = current.programs as string[];
  const others = now.filter((text) => !told.includes(text));
  return told.every((text) => now.includes(text)) && others.every((text) => stood.has(key(text)));
}

const KINDS_OWN: { readonly [K in Kind]?: (row: BackRow, standing: Standing) => MaySay } = {
  accounts: unlessResting,
  partners: ({ id, before }, { resting, partners }) => {
    if (before) return isThere(before.parentId, partners, "The partner that was above it is gone");
    return unlessResting({ id }, { resting });
  },
  deals: dealMayGoBack,
  registrations: claimMayGoBack,
  roles: claimMayGoBack,
  activities: claimMayGoBack,
  costs: unlessSealed,
  rates: unlessSealed,
};

function unlessResting({ id }: Pick<BackRow, "id">, { resting }: Pick<Standing, "resting">): MaySay {
  const why = resting.get(id);
  return why === undefined || capital(why);
}

const isThere = (id: unknown, among: ReadonlySet<string>, why: string): MaySay =>
  id === null || id === undefined || among.has(id as string) || why;

const when = <S>({ when: asked }: Guard<S>, subject: S): MaySay => asked?.(subject) ?? true;

function dealMayGoBack({ id, before, after }: BackRow, { deals }: Standing): MaySay {
  const deal = deals.get(id);
  if (!deal) return true;
  const { frozen, ruling, undecided, named, moved } = deal;
  if (!before)
    return all(
      frozen === null || `${frozen} is frozen with it`,
      unlessLocked(deal, deal.closedOn ?? ""),
      when(mayDeleteDeal, { deal, ruling, undecided }),
      !undecided || "A case about it is undecided: the two decide it first",
      !named || "Partners are named on it",
      !moved || "It was moved on here since",
    );
  const columns = changed(before, after);
  return all(
    when(mayEditDeal, { deal, locks: locks(columns) }),
    !columns.includes("outcome") ||
      before.outcome === "open" ||
      "It was closed before: nothing closes it again but the CRM or its AE",
  );
}

/** A row that names a partner on a deal, or on two when the file moved it. */
function claimMayGoBack({ before, after }: BackRow, { deals, partners }: Standing): MaySay {
  const deal = deals.get(after.dealId as string);
  const recordedOn = after.recordedOn as string;
  if (!before) return deal ? unlessClosed(deal, recordedOn) : true;
  const former = deals.get(before.dealId as string);
  return all(
    isThere(before.dealId, new Set(deals.keys()), "The deal that it was on is gone"),
    isThere(before.partnerId, partners, "The partner that it named is gone"),
    ...[deal, former].map((one) => (one ? unlessClosed(one, recordedOn) : true)),
  );
}

function unlessSealed({ after }: BackRow, { frozen }: Standing): MaySay {
  const quarter = after.quarter as string;
  return !frozen.has(quarter) || `${quarter} was frozen with it`;
}

/** An entry of a deal's history, by its deal. */
export function entryMayGoBack(
  deal: DealStanding,
  { stage, enteredOn }: { stage: number; enteredOn: string },
) {
  if (deal.outcome === "open") return true;
  return all(when(mayMoveStage, { deal, to: stage as 6 }), unlessLocked(deal, enteredOn));
}
