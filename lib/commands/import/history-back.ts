import type { DealStanding, LoggedChange } from "@/db/take-back";
import type { StoredOfKind, Write } from "@/lib/interchange/stored";
import { entryMayGoBack } from "./stays";

type Entry = StoredOfKind["stage_history"];

/** What becomes of one deal's history when what a file said of it is taken back. */
export interface HistoryBack {
  /** Entries that go, and rows to write, by their place. */
  removed: Entry[];
  writes: Write<Entry>[];
  /** What the audit log is told: entries that went, came again or lost their time. */
  told: { before: Entry | null; after: Entry | null }[];
  stays: { entry: Entry; reason: string }[];
}

/**
 * Takes back what a file said of a deal's history: entries that it added go, ones that it replaced stand again in their
 * day, times that it gave are said no more. An entry that is no more as the file left it stays.
 *
 * @param logged what the file did, in order
 * @param standing the deal's entries in their order
 */
export function historyBack(
  logged: readonly LoggedChange[],
  standing: readonly Entry[],
  deal: DealStanding,
  importId: string,
): HistoryBack {
  const list = [...standing];
  const back: HistoryBack = { removed: [], writes: [], told: [], stays: [] };
  for (const change of logged.toReversed()) {
    const [before, after] = [change.before as Entry | null, change.after as Entry | null];
    if (before && after && isSame(before, after)) continue;
    const entry = (after ?? before) as Entry;
    const may = entryMayGoBack(deal, entry);
    const at = after ? list.findIndex((one) => isSame(one, after) && one.importId === importId) : 0;
    if (may !== true) back.stays.push({ entry, reason: may });
    else if (at < 0) back.stays.push({ entry, reason: "It was changed or removed here since" });
    else if (!after) {
      list.splice(placeFor(list, entry), 0, entry);
      back.told.push({ before: null, after: entry });
    } else if (before) {
      const now = { ...list[at]!, enteredTime: before.enteredTime, importId: before.importId ?? null };
      back.told.push({ before: list[at]!, after: now });
      list[at] = now;
    } else back.told.push({ before: list.splice(at, 1)[0]!, after: null });
  }
  return {
    ...back,
    ...seated(
      list,
      standing,
      back.told.some(({ before }) => before === null),
    ),
  };
}

const isSame = (a: Entry, b: Entry) =>
  a.stage === b.stage && a.enteredOn === b.enteredOn && (a.enteredTime ?? null) === (b.enteredTime ?? null);

/** Before the first entry that comes after it, by its day, then by the place that it had. */
function placeFor(list: readonly Entry[], { enteredOn, seq }: Entry): number {
  const at = list.findIndex(
    (one) => one.enteredOn > enteredOn || (one.enteredOn === enteredOn && one.seq >= seq),
  );
  return at < 0 ? list.length : at;
}

/** Who sits where: each keeps its place, unless one that came again needs a place between. */
function seated(list: readonly Entry[], standing: readonly Entry[], hasGrown: boolean) {
  const last = standing.at(-1)?.seq ?? 0;
  const places = [...standing.map(({ seq }) => seq), ...list.map((_, at) => last + 1 + at)];
  const stood = new Map(standing.map((entry) => [entry.seq, entry]));
  const writes = list.flatMap((entry, at) => {
    const after = { ...entry, seq: hasGrown ? places[at]! : entry.seq };
    const before = stood.get(after.seq) ?? null;
    return before && isSame(before, after) && before.importId === after.importId ? [] : [{ before, after }];
  });
  const used = new Set(list.map(({ seq }, at) => (hasGrown ? places[at] : seq)));
  return { removed: standing.filter(({ seq }) => !used.has(seq)), writes };
}
