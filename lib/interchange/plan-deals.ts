import { planHistory } from "./plan-history";
import { accountKnown, planKeyed, told } from "./plan-keyed";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

type Entry = StoredOfKind["stage_history"];

/**
 * Plans deals, and where the file says that they stand: in the stage that their history ends with, nothing; in
 * another, a further entry, on the day that the file gives, else that of closing, else today. Like a file of history
 * it only adds. Source: imports.md, "History".
 */
export function planDeals(rows: readonly ReadRow<"deals">[], known: Known<"deals">): Plan<"deals"> {
  const plan = planKeyed(
    rows,
    known,
    ({ id }) => id,
    (row, before) => ({ ...merged(row, before), ...accountOf(row, before, known) }),
    ({ accountId }) => {
      if (accountId) accountKnown(known, "account_id", accountId);
    },
  );
  const refused = new Set(plan.refused.map(({ line, value }) => `${line} ${value}`));
  const standing = new Map<string, Entry>();
  for (const entry of known.stages) standing.set(entry.dealId, entry);
  const accepted = rows.filter(({ line, row }) => !refused.has(`${line} ${row.id}`));
  const entries = planHistory(
    accepted.flatMap(({ line, row }) => entryOf(line, row, standing.get(row.id))),
    known.stages,
    new Set(accepted.map(({ row }) => row.id)),
  );
  const moved = new Set((entries.told ?? []).map(({ after }) => after.dealId));
  for (const { after } of plan.writes) moved.delete(after.id);
  plan.updated += moved.size;
  plan.unchanged -= moved.size;
  return { ...plan, entries };
}

/** Its id wins over a name beside it; by a name it stays where it is called so already. */
function accountOf(
  { account, accountId }: RowOfKind["deals"],
  before: StoredOfKind["deals"] | null,
  known: Known<"deals">,
): Pick<StoredOfKind["deals"], "account" | "accountId"> {
  const stood = { account: before?.account ?? null, accountId: before?.accountId ?? null };
  if (accountId) return { account: accountKnown(known, "account_id", accountId), accountId };
  if (account === undefined && accountId === undefined) return stood;
  const name = account ?? null;
  return { account: name, accountId: name === stood.account ? stood.accountId : null };
}

function merged(
  row: RowOfKind["deals"],
  before: StoredOfKind["deals"] | null,
): Omit<StoredOfKind["deals"], "account" | "accountId"> {
  return {
    id: row.id,
    owner: row.owner,
    amount: row.amount,
    currency: row.currency,
    type: row.type,
    route: row.route,
    createdOn: row.createdOn,
    closedOn: row.closedOn,
    outcome: row.outcome,
    firstEngagedOn: told(row.firstEngagedOn, before?.firstEngagedOn, null),
    recreatedFrom: told(row.recreatedFrom, before?.recreatedFrom, null),
    name: told(row.name, before?.name, null),
    crmUrl: told(row.crmUrl, before?.crmUrl, null),
    expectedCloseOn: told(row.expectedCloseOn, before?.expectedCloseOn, null),
    probability: told(row.probability, before?.probability, null),
    forecastCategory: told(row.forecastCategory, before?.forecastCategory, null),
    nextStep: told(row.nextStep, before?.nextStep, null),
    gateReceipt: told(row.gateReceipt, before?.gateReceipt, null),
  };
}

function entryOf(
  line: number,
  { id: dealId, stands }: RowOfKind["deals"],
  last: Entry | undefined,
): ReadRow<"stage_history">[] {
  if (!stands) return [];
  const { stage, enteredTime, isDated } = stands;
  if (isDated) return [{ line, row: { dealId, stage, enteredOn: stands.enteredOn, enteredTime } }];
  if (last?.stage === stage) return [];
  // Whatever the file leaves out of when, it stands there after all that is known.
  const enteredOn = last && last.enteredOn > stands.enteredOn ? last.enteredOn : stands.enteredOn;
  return [{ line, row: { dealId, stage, enteredOn, enteredTime: null } }];
}
