import { NAMED_MOTIONS, ROLES } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { COLUMNS, type Kind } from "@/lib/interchange/kinds";

/** Rows of the interchange format, as files would bring them. */
export type Rows = Record<string, string>[];

/** A repeatable stream of numbers from 0 up to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A company of `deals` further deals over two years up to `today`, with five activities a deal on average and 25
 * partners; in the order of kinds.
 */
export function newRows(deals: number, today: string): [Kind, Rows][] {
  const next = numbers(20_260_101);
  const below = (most: number) => Math.floor(next() * most);
  const files = new Map<Kind, Rows>();
  const add = (kind: Kind, values: Record<string, string>) => {
    const blank = Object.fromEntries(COLUMNS[kind].map(({ name }) => [name, ""]));
    const rows = files.get(kind) ?? [];
    files.set(kind, rows);
    rows.push({ ...blank, ...values });
  };
  for (let at = 1; at <= 25; at++)
    add("partners", { id: `NP-${at}`, name: `Partner ${at}`, kind: "integrator" });
  for (let at = 1; at <= deals; at++) {
    const id = `N-${String(at).padStart(7, "0")}`;
    const createdOn = addDays(today, -below(720) - 10);
    const cycle = 20 + below(120);
    const closes = addDays(createdOn, cycle);
    const closed = closes < today;
    add("deals", {
      id,
      account: `Account ${below(2_000)}`,
      owner: `Owner ${below(40)}`,
      amount: `${1_000 + below(200_000)}.00`,
      currency: "USD",
      type: next() < 0.8 ? "new" : "expansion",
      route: "direct",
      created_on: createdOn,
      closed_on: closed ? closes : "",
      outcome: closed ? (next() < 0.6 ? "won" : "lost") : "open",
    });
    for (let stage = 1; stage <= 5; stage++) {
      const entered = addDays(createdOn, Math.floor((cycle * (stage - 1)) / 5));
      if (entered <= today) add("stage_history", { deal_id: id, stage: String(stage), entered_on: entered });
    }
    if (next() < 0.5) continue;
    const partner = `NP-${1 + below(25)}`;
    add("roles", {
      id: `NT-${at}`,
      deal_id: id,
      partner_id: partner,
      role: ROLES[below(4)]!,
      touch_stage: String(below(3)),
      touched_on: createdOn,
      recorded_on: createdOn,
      confirmed_on: createdOn,
    });
    for (let count = 0; count < 10; count++) {
      const day = addDays(createdOn, below(Math.min(cycle, 10)));
      add("activities", {
        id: `NA-${at}-${count}`,
        deal_id: id,
        partner_id: partner,
        type: NAMED_MOTIONS[below(5)]!,
        stage: String(1 + below(5)),
        occurred_on: day,
        recorded_on: day,
        proof: next() < 0.8 ? `https://proof.example/${at}/${count}` : "",
        involvement: "direct",
      });
    }
  }
  return [...files];
}

/** What is wrong with a row of each kind, in turn: a cell that cannot be read, or names what is not there. */
const FAULTS: { readonly [K in Kind]?: readonly Record<string, string>[] } = {
  deals: [{ amount: "a lot" }, { created_on: "2025-13-40" }, { owner: "" }, { outcome: "maybe" }],
  stage_history: [{ stage: "9" }, { deal_id: "N-none" }, { entered_on: "soon" }],
  roles: [{ role: "friend" }, { partner_id: "NP-none" }],
  activities: [{ deal_id: "N-none" }, { occurred_on: "2999-01-01" }, { involvement: "some" }],
};

/** The same files with every so manieth row spoilt; partners stay, so that the rest has somebody to name. */
export function spoilt(files: readonly [Kind, Rows][], everyNth: number): [Kind, Rows][] {
  return files.map(([kind, rows]) => {
    const faults = FAULTS[kind] ?? [{}];
    return [
      kind,
      rows.map((row, at) =>
        at % everyNth === 0 ? { ...row, ...faults[(at / everyNth) % faults.length] } : row,
      ),
    ];
  });
}
