import { companyDay } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { ConnectionSettings } from "@/lib/interchange/connection";
import { oneId } from "@/lib/interchange/ids";
import { batchOf } from "../batch";
import type { PageBatch } from "../source";
import type { Account, Opportunity, OpportunityHistory, OpportunityPartner } from "./records";

/** What reading goes by. Pure: the same records give the same rows. */
export interface ReadBy {
  settings: ConnectionSettings;
  zone: string;
  today: string;
  /** Where the org shows a record. */
  instanceUrl: string;
}

/** As Salesforce writes instants: `2026-01-10T08:30:00.000+0000`. */
const instantOf = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));

export const dayOf = (text: string, { zone }: Pick<ReadBy, "zone">): string =>
  companyDay(instantOf(text), zone);

export const timeOf = (text: string) => new Date(instantOf(text)).toISOString();

const NOT_MAPPED = "is not translated yet: say what it is in the connection's settings";

export function stageOf(name: string, { settings }: Pick<ReadBy, "settings">) {
  if (!Object.hasOwn(settings.stages, name)) return refuse("stage", name, NOT_MAPPED);
  return settings.stages[name]!;
}

export const accountsOf = (records: readonly Account[]): PageBatch =>
  batchOf(
    "accounts",
    records.filter(({ IsDeleted }) => !IsDeleted),
    ({ Id }) => oneId(Id),
    ({ Id, Name }) => ({ values: { id: oneId(Id), name: Name } }),
  );

/** The accounts that deals name, as the deals show them. */
export function accountsOfDeals(records: readonly Opportunity[]): PageBatch {
  const named = new Map(
    records.flatMap(({ AccountId, Account }) =>
      AccountId && Account ? [[AccountId, Account.Name] as const] : [],
    ),
  );
  return batchOf(
    "accounts",
    [...named],
    ([id]) => oneId(id),
    ([id, name]) => ({ values: { id: oneId(id), name } }),
  );
}

export const dealsOf = (records: readonly Opportunity[], by: ReadBy): PageBatch =>
  batchOf(
    "deals",
    records,
    ({ Id }) => oneId(Id),
    (record) => ({ values: dealOf(record, by) }),
  );

const FORECAST: Readonly<Record<string, string>> = {
  Omitted: "omitted",
  Pipeline: "pipeline",
  BestCase: "best_case",
  "Best Case": "best_case",
  MostLikely: "best_case",
  "Most Likely": "best_case",
  Forecast: "commit",
  Commit: "commit",
};

function dealOf(record: Opportunity, by: ReadBy): Record<string, string> {
  const { settings, today, instanceUrl } = by;
  const { outcome } = stageOf(record.StageName, by);
  const created = dayOf(record.CreatedDate, by);
  const changed = dayOf(String(record.LastStageChangeDate ?? record.SystemModstamp), by);
  // A close that is still to come there has happened when the stage says so.
  const closed = record.CloseDate <= today ? record.CloseDate : changed;
  const type = record.Type ?? "";
  return {
    id: oneId(record.Id),
    ...(record.AccountId ? { account_id: oneId(record.AccountId) } : { account: "" }),
    owner: record.Owner?.Name ?? record.OwnerId,
    amount: record.Amount === null ? "0" : plain(record.Amount),
    currency: record.CurrencyIsoCode ?? settings.currency,
    type: Object.hasOwn(settings.types, type) ? settings.types[type]! : settings.otherType,
    route: "direct",
    created_on: created,
    closed_on: outcome === "open" ? "" : closed,
    outcome,
    name: record.Name ?? "",
    url: `${instanceUrl}/${record.Id}`,
    expected_close_on: outcome === "open" ? record.CloseDate : "",
    probability: record.Probability === null ? "" : plain(record.Probability),
    // A closed one is `Closed` there, which forecasts nothing.
    forecast_category: FORECAST[record.ForecastCategory ?? ""] ?? "",
    next_step: record.NextStep ?? "",
    ...(settings.receiptField && { gate_receipt: String(record[settings.receiptField] ?? "") }),
  };
}

/** JSON's numbers as the interchange format writes them: never with an exponent. */
const plain = (number: number): string =>
  Number.isInteger(number) ? String(number) : number.toFixed(6).replace(/\.?0+$/, "");

/** A stage as it was entered; rows that tell of another change are left out. */
export interface Entered {
  deal: string;
  stage: string;
}

/**
 * The entries of rows in order of deal and time: a row a change of any kind, so only those whose stage is another than
 * the one before. `last` is where the page before ended.
 */
export function historyOf(
  records: readonly OpportunityHistory[],
  by: ReadBy,
  last: Entered | null = null,
): { batch: PageBatch; last: Entered | null } {
  let before = last;
  const entered = records.filter(({ OpportunityId: deal, StageName: stage }) => {
    const isSame = before?.deal === deal && before.stage === stage;
    before = { deal, stage };
    return !isSame;
  });
  const batch = batchOf(
    "stage_history",
    entered,
    ({ OpportunityId }) => oneId(OpportunityId),
    ({ OpportunityId, StageName, CreatedDate }) => ({
      values: {
        deal_id: oneId(OpportunityId),
        stage: String(stageOf(StageName, by).stage),
        entered_on: timeOf(CreatedDate),
      },
    }),
  );
  return { batch, last: before };
}

/** A partner that was made has two mirrored rows: of those that name each other, the lower id stands. */
export function withoutMirrors(records: readonly OpportunityPartner[]): OpportunityPartner[] {
  const byId = new Map(records.map((record) => [record.Id, record]));
  return records.filter(
    ({ Id, ReversePartnerId }) => !ReversePartnerId || !byId.has(ReversePartnerId) || Id < ReversePartnerId,
  );
}

/** What a role row needs besides: whose deal it is, and where it stood. */
export interface OfDeals {
  deals: readonly Pick<Opportunity, "Id" | "OwnerId" | "AccountId" | "StageName">[];
  history: readonly OpportunityHistory[];
}

/** Partners and role rows of whole deals. A partner is recorded on the day, and at the stage, on which it was added. */
export function partnersOf(
  records: readonly OpportunityPartner[],
  { deals, history }: OfDeals,
  by: ReadBy,
): PageBatch[] {
  const ofId = new Map(deals.map((deal) => [deal.Id, deal]));
  // The customer itself is the mirror's end, and no partner.
  const named = withoutMirrors(
    records.filter(
      ({ IsDeleted, OpportunityId, AccountToId }) =>
        !IsDeleted && ofId.has(OpportunityId) && ofId.get(OpportunityId)?.AccountId !== AccountToId,
    ),
  );
  const read = firstOfPlace(named, by).filter(({ Role }) => by.settings.roles[Role ?? ""] !== null);
  const partners = new Map(
    read.map(({ AccountToId, AccountTo }) => [AccountToId, AccountTo?.Name ?? AccountToId]),
  );
  return [
    batchOf(
      "partners",
      [...partners],
      ([id]) => oneId(id),
      ([id, name]) => ({ values: { id: oneId(id), name, kind: by.settings.partnerKind } }),
    ),
    batchOf(
      "roles",
      read,
      ({ Id }) => oneId(Id),
      (record) => ({ values: roleOf(record, ofId.get(record.OpportunityId)!, history, by) }),
      deals.map(({ Id }) => oneId(Id)),
    ),
  ];
}

/** A partner holds a role on a deal once (§10): of two of its rows that mean one role here, the first made stands. */
function firstOfPlace(records: readonly OpportunityPartner[], { settings }: ReadBy): OpportunityPartner[] {
  const taken = new Set<string>();
  const inOrder = [...records].sort(
    (a, b) => instantOf(a.CreatedDate) - instantOf(b.CreatedDate) || (a.Id < b.Id ? -1 : 1),
  );
  return inOrder.filter(({ OpportunityId, AccountToId, Role }) => {
    const place = [OpportunityId, AccountToId, settings.roles[Role ?? ""] ?? `? ${Role}`].join(" ");
    return !taken.has(place) && taken.add(place);
  });
}

function roleOf(
  { Id, OpportunityId, AccountToId, Role, CreatedById, CreatedDate }: OpportunityPartner,
  deal: OfDeals["deals"][number],
  history: readonly OpportunityHistory[],
  by: ReadBy,
): Record<string, string> {
  const role = Role ?? "";
  if (!Object.hasOwn(by.settings.roles, role)) return refuse("role", role, NOT_MAPPED);
  const at = instantOf(CreatedDate);
  const stood = history.filter(
    (one) => one.OpportunityId === OpportunityId && instantOf(one.CreatedDate) <= at,
  );
  const day = dayOf(CreatedDate, by);
  return {
    id: oneId(Id),
    deal_id: oneId(OpportunityId),
    partner_id: oneId(AccountToId),
    role: by.settings.roles[role]!,
    touch_stage: String(stageOf(stood.at(-1)?.StageName ?? deal.StageName, by).stage),
    touched_on: day,
    recorded_on: day,
    // Whom the deal's own owner added there is the AE's tag (§4 origin).
    ...(CreatedById === deal.OwnerId && { confirmed_on: day }),
  };
}
