import type { Kind } from "./kinds";
import type { Plan, Write } from "./stored";

/** What one row of a file would change, by field: as it is stored and as it would be; `before` null: it is new. */
export interface Change {
  line: number;
  /** The row's key in the file, as it is written there. */
  id: string;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>>;
}

/** What says who stands behind a row, or where it sits, and not what it says. */
const SILENT: readonly string[] = [
  "importId",
  "changedBy",
  "vouchedBy",
  "confirmedBy",
  "decidedBy",
  "seq",
  "ofName",
];

/** What a plan would change, row by row, in order of line; an entry that only makes room is no change. */
export function changesIn(plan: Plan<Kind>): Change[] {
  const writes: Write<object>[] = [...(plan.told ?? plan.writes), ...(plan.entries?.told ?? [])];
  return writes.flatMap(changeOf).sort((a, b) => a.line - b.line);
}

function changeOf({ line = 0, before, after }: Write<object>): Change[] {
  const [was, is] = [before as Change["before"], after as Change["after"]];
  const differ = Object.keys(is).filter((name) => !SILENT.includes(name) && !isSame(was?.[name], is[name]));
  // Which of two accounts of a name it is says something only where the name does not.
  const names = differ.includes("account") ? differ.filter((name) => name !== "accountId") : differ;
  const id = idOf(is);
  if (!was) return [{ line, id, before: null, after: pick(is, names) }];
  // Who had vouched for what stood is not behind what the file says otherwise.
  const loses = names.length > 0 && was.vouchedOn ? { vouchedOn: null } : {};
  const changed = [...names, ...Object.keys(loses)];
  if (changed.length === 0) return [];
  // An amount is read in its currency.
  const shown = names.includes("amount") ? [...changed, "currency"] : changed;
  return [{ line, id, before: pick(was, shown), after: pick({ ...is, ...loses }, shown) }];
}

const idOf = ({ id, dealId, quarter, side, category, currency }: Change["after"]) =>
  String(id ?? dealId ?? [quarter, side, category, currency].filter(Boolean).join(" "));

const pick = (row: Change["after"], names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

/** A list of nothing says as much as none. */
const said = (value: unknown) => (Array.isArray(value) ? value.join(";") || null : (value ?? null));

const isSame = (was: unknown, is: unknown) => said(was) === said(is);
