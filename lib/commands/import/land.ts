import { dealsOfAccounts } from "@/db/account-domains";
import { accountsOfDeals, ofNames } from "@/db/account-names";
import type { Tx } from "@/db/connection/transaction";
import { broughtBy, loadKnown, lockDeals, rememberParent, saveWrites } from "@/db/interchange";
import { giveUpDomains, joinAccounts } from "@/db/joined-accounts";
import { dealsOfFamilies, takeBackNoPartner } from "@/db/named-on-deals";
import type { Kind } from "@/lib/interchange/kinds";
import { planRows } from "@/lib/interchange/plan";
import type { ReadRow } from "@/lib/interchange/read-row";
import { emptyPlan, type Known, type Plan, type StoredOfKind, type Write } from "@/lib/interchange/stored";
import { renameDeals } from "../customer/change-account";
import { accountNamed } from "../customer/load";
import type { WriteContext } from "../verb";

/** How rows land. */
interface Landing<K extends Kind> {
  replaces: boolean;
  /** The file that says them; null: none. */
  importId: string | null;
  /** What of the plan is kept as it stands, since a person decided it so (lib/commands/connection). */
  keep?: (plan: Plan<K>, known: Known<K>) => Promise<Plan<K>>;
}

/** Plans rows against what stands, and writes them as said by the file `importId`; null: by no file. */
export async function land<K extends Kind>(
  context: WriteContext,
  kind: K,
  rows: readonly ReadRow<K>[],
  { replaces, importId, keep }: Landing<K>,
): Promise<Plan<K>> {
  const { tx, demo, today } = context;
  if (rows.length === 0) return emptyPlan();
  const ofAccounts =
    kind === "accounts" ? await dealsOf(context, rows as readonly ReadRow<"accounts">[]) : [];
  const dealIds = rows.flatMap(({ row }) => dealIdOf(kind, row) ?? []);
  await lockDeals(tx, [...new Set([...dealIds, ...ofAccounts.map(({ dealId }) => dealId)])]);
  const known = await loadKnown(tx, kind, rows, today);
  const told = planRows(kind, rows, known, replaces);
  const kept = keep ? await keep(told, known) : told;
  const planned = asBrought(
    kind,
    importId,
    kind === "registrations" ? await ofAccountsOf(context, kept) : kept,
  );
  const joined = (planned.joined ?? []).map(({ from, to }) => [from.id, to] as const);
  await giveUpDomains(tx, joined);
  await saveWrites(tx, kind, planned, { demo, today });
  for (const dealId of await joinAccounts(tx, joined)) context.touch(dealId);
  const isOfDeals = kind === "deals";
  const plan = isOfDeals ? ((await inTheirAccounts(tx, planned as Plan<"deals">)) as Plan<K>) : planned;
  tell(context, kind, plan);
  tellJoined(context, plan.joined);
  if (plan.entries) {
    const entries = asBrought("stage_history", importId, plan.entries);
    await saveWrites(tx, "stage_history", entries, { demo, today });
    tell(context, "stage_history", entries);
  }
  if (kind === "accounts") renamed(context, plan.writes as Write<StoredOfKind["accounts"]>[], ofAccounts);
  if (kind === "partners") await touchFamilies(context, plan.writes as Write<StoredOfKind["partners"]>[]);
  if (NAMES_A_PARTNER.includes(kind)) await nameSomebody(context, kind, plan.writes);
  return plan;
}

/** Deals that a file puts in an account by its name, with the account that the database found or made for it. */
async function inTheirAccounts(tx: Tx, plan: Plan<"deals">): Promise<Plan<"deals">> {
  const isOpen = ({ after }: Write<StoredOfKind["deals"]>) =>
    after.account !== null && after.accountId === null;
  const joined = await accountsOfDeals(
    tx,
    plan.writes.filter(isOpen).map(({ after }) => after.id),
  );
  const writes = plan.writes.map((write) => ({
    ...write,
    after: { ...write.after, ...joined.get(write.after.id) },
  }));
  return { ...plan, writes };
}

/** Registrations of accounts that nobody is called yet, with the account that is made by its name. */
async function ofAccountsOf<K extends Kind>(context: WriteContext, plan: Plan<K>): Promise<Plan<K>> {
  const writes: Write<StoredOfKind[K]>[] = [];
  for (const write of plan.writes) {
    const accountId = write.account && (await accountNamed(context, write.account));
    writes.push(accountId ? { ...write, after: { ...write.after, accountId } } : write);
  }
  return { ...plan, writes };
}

/** Tells the log what was written and removed, and has the deals judged that it is about. */
function tell<K extends Kind>({ audit, touch, enter }: WriteContext, kind: K, plan: Plan<K>): void {
  const subject = SUBJECTS[kind];
  for (const { before, after } of plan.told ?? plan.writes) {
    const dealId = dealIdOf(kind, after);
    audit({ subjectKind: subject.kind, subjectId: subject.idOf(after), dealId, before, after });
    if (dealId) (kind === "deals" && !before ? enter : touch)(dealId);
    const former = before && dealIdOf(kind, before);
    if (former && former !== dealId) touch(former);
  }
  for (const before of plan.removed) {
    const dealId = dealIdOf(kind, before);
    audit({ subjectKind: subject.kind, subjectId: subject.idOf(before), dealId, before, after: null });
    if (dealId) touch(dealId);
  }
}

/** An account that another one took in is gone, and the log says what it was. */
function tellJoined({ audit }: WriteContext, joined: Plan<Kind>["joined"] = []): void {
  for (const { from: before } of joined)
    audit({ subjectKind: "account", subjectId: before.id, dealId: null, before, after: null });
}

/** The plan with every row as the file says it. */
function asBrought<K extends Kind>(kind: K, importId: string | null, plan: Plan<K>): Plan<K> {
  const brought = (writes: readonly Write<StoredOfKind[K]>[]) =>
    writes.map((write) => ({ ...write, after: broughtBy(kind, importId, write.after) }));
  return { ...plan, writes: brought(plan.writes), told: plan.told && brought(plan.told) };
}

/** How the audit log names what was written, and what makes its id. */
export const SUBJECTS: { [K in Kind]: { kind: string; idOf(row: StoredOfKind[K]): string } } = {
  accounts: { kind: "account", idOf: ({ id }) => id },
  partners: { kind: "partner", idOf: ({ id }) => id },
  deals: { kind: "deal", idOf: ({ id }) => id },
  stage_history: { kind: "stage_entry", idOf: ({ dealId, seq }) => `${dealId}#${seq}` },
  registrations: { kind: "registration", idOf: ({ id }) => id },
  roles: { kind: "role_row", idOf: ({ id }) => id },
  activities: { kind: "activity", idOf: ({ id }) => id },
  costs: {
    kind: "cost",
    idOf: ({ quarter, side, category, currency }) => `${quarter} ${side} ${category} ${currency}`,
  },
  rates: { kind: "rate", idOf: ({ quarter, currency }) => `${quarter} ${currency}` },
};

/** The kinds whose rows put a partner on a deal. */
export const NAMES_A_PARTNER: readonly Kind[] = ["registrations", "roles", "activities"];

export function dealIdOf(kind: Kind, row: object): string | null {
  if (kind === "deals") return (row as { id: string }).id;
  return (row as { dealId?: string }).dealId ?? null;
}

type DealsOfAccounts = Awaited<ReturnType<typeof dealsOfAccounts>>;

/** Of the rows' accounts, and of those that a name made whose places they may take. */
async function dealsOf({ tx }: WriteContext, rows: readonly ReadRow<"accounts">[]): Promise<DealsOfAccounts> {
  const named = [...(await ofNames(tx, rows)).values()];
  return dealsOfAccounts(tx, [...new Set([...rows.map(({ row }) => row), ...named].map(({ id }) => id))]);
}

/** The deals of accounts that are called otherwise now; `ofAccounts` are locked. */
export function renamed(
  context: WriteContext,
  writes: readonly Write<StoredOfKind["accounts"]>[],
  ofAccounts: DealsOfAccounts,
): void {
  for (const { before, after } of writes)
    if (before)
      renameDeals(
        context,
        ofAccounts.filter(({ accountId }) => accountId === before.id).map(({ dealId }) => dealId),
        before.name,
        after.name,
      );
}

/** Programs and parents are read when a partner's deals are judged (§4 origin, §6 partner_of_partner). */
export async function touchFamilies(
  { tx, touch, today }: WriteContext,
  writes: readonly Write<StoredOfKind["partners"]>[],
): Promise<void> {
  const moved = writes.filter(
    ({ before, after }) =>
      before !== null &&
      (before.parentId !== after.parentId || before.programs.join(";") !== after.programs.join(";")),
  );
  for (const { before, after } of moved)
    if (before && before.parentId !== after.parentId) await rememberParent(tx, before, today);
  const ids = moved.map(({ after }) => after.id);
  for (const dealId of await dealsOfFamilies(tx, ids)) touch(dealId);
}

async function nameSomebody<K extends Kind>(
  { tx, audit }: WriteContext,
  kind: K,
  writes: readonly Write<StoredOfKind[K]>[],
): Promise<void> {
  const named = new Set(writes.flatMap(({ before, after }) => (before ? [] : (dealIdOf(kind, after) ?? []))));
  for (const { dealId, ...before } of await takeBackNoPartner(tx, [...named])) {
    const after = { noPartnerOn: null, noPartnerBy: null };
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
  }
}
