import { companyDay } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { ConnectionSettings } from "@/lib/interchange/connection";
import { batchOf } from "../batch";
import type { GoneRecord, PageBatch, Staying } from "../source";

/** A deal as HubSpot hands it over: every value is text. */
export interface Deal {
  id: string;
  properties: Record<string, string | null>;
  /** The latest first. */
  propertiesWithHistory?: { dealstage?: { value: string; timestamp: string }[] };
}

/** A company that a deal is associated with, by each label. */
export interface Association {
  toObjectId: string | number;
  associationTypes: { category: string; typeId: number; label: string | null }[];
}

/** What belongs to deals. */
export interface OfDeals {
  companies: ReadonlyMap<string, readonly Association[]>;
  names: ReadonlyMap<string, string>;
  owners: ReadonlyMap<string, string>;
}

export interface ReadBy {
  settings: ConnectionSettings;
  zone: string;
  today: string;
  /** Where it shows a deal, without its id. */
  shownAt: string;
}

const PRIMARY = 5;
const NOT_MAPPED = "is not translated yet: say what it is in the connection's settings";

function stageOf(id: string, { settings }: ReadBy) {
  if (!Object.hasOwn(settings.stages, id)) return refuse("stage", id, NOT_MAPPED);
  return settings.stages[id]!;
}

const dayOf = (text: string, zone: string) =>
  companyDay(/^\d+$/.test(text) ? Number(text) : Date.parse(text), zone);

/** All rows that these deals become, in the order in which they land. */
export function rowsOf(deals: readonly Deal[], of: OfDeals, by: ReadBy): PageBatch[] {
  const named = (id: string) => of.names.get(id) ?? id;
  const labelled = deals.flatMap((deal) => labelsOf(deal, of, by));
  const partners = new Set(labelled.filter(({ role }) => role !== null).map(({ companyId }) => companyId));
  const accounts = new Set(deals.flatMap(({ id }) => accountOf(of.companies.get(id)) ?? []));
  return [
    batchOf("accounts", [...accounts], String, (id) => ({ values: { id, name: named(id) } })),
    batchOf(
      "deals",
      deals,
      ({ id }) => id,
      (deal) => ({ values: dealOf(deal, of, by) }),
    ),
    historyOf(deals, by),
    batchOf("partners", [...partners], String, (id) => ({
      values: { id, name: named(id), kind: by.settings.partnerKind },
    })),
    batchOf(
      "roles",
      labelled,
      ({ id }) => id,
      (one) => roleOf(one, by),
      deals.map(({ id }) => id),
    ),
  ];
}

/** The primary company, else the first. */
function accountOf(companies: readonly Association[] = []): string | null {
  const isPrimary = ({ associationTypes }: Association) =>
    associationTypes.some(({ typeId }) => typeId === PRIMARY);
  const found = companies.find(isPrimary) ?? companies.find((one) => !one.associationTypes.some(isLabel));
  return found ? String(found.toObjectId) : null;
}

const FORECAST: Readonly<Record<string, string>> = {
  OMIT: "omitted",
  PIPELINE: "pipeline",
  BEST_CASE: "best_case",
  MOST_LIKELY: "best_case",
  COMMIT: "commit",
};

function dealOf(
  { id, properties: told, propertiesWithHistory }: Deal,
  of: OfDeals,
  by: ReadBy,
): Record<string, string> {
  const { settings, zone, today, shownAt } = by;
  const { outcome } = stageOf(told.dealstage ?? "", by);
  const expected = told.closedate ? dayOf(told.closedate, zone) : "";
  const entered = propertiesWithHistory?.dealstage?.[0]?.timestamp ?? told.hs_lastmodifieddate!;
  const account = accountOf(of.companies.get(id));
  const type = told.dealtype ?? "";
  return {
    id,
    ...(account === null ? { account: "" } : { account_id: account }),
    owner: of.owners.get(told.hubspot_owner_id ?? "") ?? "Nobody",
    amount: told.amount || "0",
    currency: told.deal_currency_code || settings.currency,
    type: Object.hasOwn(settings.types, type) ? settings.types[type]! : settings.otherType,
    route: "direct",
    created_on: dayOf(told.createdate!, zone),
    // A close that is still to come there has happened when the stage says so.
    closed_on: outcome === "open" ? "" : expected && expected <= today ? expected : dayOf(entered, zone),
    outcome,
    name: told.dealname ?? "",
    url: `${shownAt}/${id}`,
    expected_close_on: outcome === "open" ? expected : "",
    probability: told.hs_deal_stage_probability ? percentOf(told.hs_deal_stage_probability) : "",
    forecast_category: FORECAST[told.hs_manual_forecast_category ?? ""] ?? "",
    next_step: told.hs_next_step ?? "",
    ...(settings.receiptField && { gate_receipt: told[settings.receiptField] ?? "" }),
  };
}

const percentOf = (share: string): string => (Number(share) * 100).toFixed(4).replace(/\.?0+$/, "");

/** Every entry of a stage, in order of time. */
function historyOf(deals: readonly Deal[], by: ReadBy): PageBatch {
  const entries = deals.flatMap(({ id, propertiesWithHistory }) => {
    const inOrder = [...(propertiesWithHistory?.dealstage ?? [])].sort(
      (one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp),
    );
    return inOrder
      .filter(({ value }, nth) => value !== "" && value !== inOrder[nth - 1]?.value)
      .map((entry) => ({ id, ...entry }));
  });
  return batchOf(
    "stage_history",
    entries,
    ({ id }) => id,
    ({ id, value, timestamp }) => ({
      values: {
        deal_id: id,
        stage: String(stageOf(value, by).stage),
        entered_on: new Date(timestamp).toISOString(),
      },
    }),
  );
}

interface Labelled {
  id: string;
  dealId: string;
  companyId: string;
  label: string;
  role: string | null | undefined;
  stageId: string;
}

const isLabel = ({ category, label }: Association["associationTypes"][number]) =>
  category === "USER_DEFINED" && label !== null;

/** The labels that a company's people gave, each the role of a partner; of two that mean one role the first stands. */
function labelsOf(
  { id: dealId, properties }: Deal,
  { companies }: OfDeals,
  { settings }: ReadBy,
): Labelled[] {
  const taken = new Set<string>();
  return (companies.get(dealId) ?? []).flatMap(({ toObjectId, associationTypes }) =>
    associationTypes.filter(isLabel).flatMap(({ typeId, label }) => {
      const companyId = String(toObjectId);
      const role = Object.hasOwn(settings.roles, label!) ? settings.roles[label!] : undefined;
      const place = `${companyId} ${role ?? `? ${label}`}`;
      if (role === null || taken.has(place)) return [];
      taken.add(place);
      const id = `${dealId}-${companyId}-${typeId}`;
      return [{ id, dealId, companyId, label: label!, role, stageId: properties.dealstage ?? "" }];
    }),
  );
}

/** HubSpot does not say when a label was given: it is recorded on the day on which it was first seen. */
function roleOf({ id, dealId, companyId, label, role, stageId }: Labelled, by: ReadBy) {
  if (!role) return refuse("role", label, NOT_MAPPED);
  const touched = {
    touch_stage: String(stageOf(stageId, by).stage),
    touched_on: by.today,
    recorded_on: by.today,
  };
  return {
    values: { id, deal_id: dealId, partner_id: companyId, role, ...touched },
    stays: ["touched_on", "recorded_on", "touch_stage"] as Staying[],
  };
}

/** The deals that were merged into these. */
export const mergedInto = (deals: readonly Deal[]): GoneRecord[] =>
  deals.flatMap(({ id, properties }) =>
    (properties.hs_merged_object_ids ?? "")
      .split(";")
      .filter((key) => key !== "" && key !== id)
      .map((key) => ({ kind: "deals" as const, key, why: `merged into ${id} in HubSpot` })),
  );
