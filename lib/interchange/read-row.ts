import type { Day } from "@/lib/attribution/facts";
import {
  checkClosing,
  checkDecision,
  parseCurrency,
  parseDomain,
  parseOneOf,
  parseProof,
} from "@/lib/attribution/field-rules";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  FORECAST_CATEGORIES,
  type ForecastCategory,
  INVOLVEMENTS,
  PARTNER_KINDS,
  REGISTRATION_STATUSES,
  ROLES,
  ROUTES,
} from "@/lib/attribution/vocabulary";
import { isRefusal, refuse } from "@/lib/errors";
import { readMajor } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import {
  type Clock,
  cell,
  identity,
  line,
  link,
  moment,
  optional,
  optionalDay,
  optionalPastDay,
  otherId,
  pastDay,
  percent,
  required,
  stage,
  type Values,
} from "./cells";
import { COLUMNS, COST_SIDES, type InterchangeRow, KINDS, type Kind, type RefusedRow } from "./kinds";
import type { RowOfKind, Standing } from "./rows";
import { accountIds, contacts, domains, programs } from "./several";

/** A row that was read, with the line that it came from. */
export interface ReadRow<K extends Kind> {
  line: number;
  row: RowOfKind[K];
}

const READERS: { [K in Kind]: (values: Values, clock: Clock) => RowOfKind[K] } = {
  accounts: (values) => ({
    id: identity(values, "id"),
    name: line(values, "name", 200) ?? required(values, "name"),
    domains: domains(values),
  }),
  partners: (values) => ({
    id: identity(values, "id"),
    name: required(values, "name"),
    kind: parseOneOf("kind", required(values, "kind"), PARTNER_KINDS),
    parentId: otherId(values, "parent_id"),
    programs: programs(values),
    owner: mail(values, "owner"),
    contacts: contacts(values),
    accounts: accountIds(values),
  }),
  deals(values, clock) {
    const { today } = clock;
    const currency = parseCurrency("currency", required(values, "currency"));
    const deal: RowOfKind["deals"] = {
      id: identity(values, "id"),
      account: optional(values, "account"),
      accountId: otherId(values, "account_id"),
      owner: required(values, "owner"),
      amount: readMajor(required(values, "amount"), currency),
      currency,
      type: parseOneOf("type", required(values, "type"), DEAL_TYPES),
      route: parseOneOf("route", required(values, "route"), ROUTES),
      createdOn: pastDay(values, "created_on", today),
      closedOn: optionalDay(values, "closed_on") ?? null,
      outcome: parseOneOf("outcome", required(values, "outcome"), DEAL_OUTCOMES),
      firstEngagedOn: optionalPastDay(values, "first_engaged_on", today),
      recreatedFrom: otherId(values, "recreated_from"),
      name: line(values, "name", 200),
      crmUrl: link(values, "url"),
      expectedCloseOn: optionalDay(values, "expected_close_on"),
      probability: percent(values, "probability"),
      forecastCategory: forecast(values),
      nextStep: line(values, "next_step", 500),
      gateReceipt: line(values, "gate_receipt", 20_000),
    };
    deal.stands = standing(values, deal.closedOn, clock);
    checkClosing("closed_on", deal.closedOn, deal.outcome, today);
    if (deal.recreatedFrom === deal.id) refuse("recreated_from", deal.id, "a deal cannot replace itself");
    return deal;
  },
  stage_history: (values, clock) => ({
    dealId: identity(values, "deal_id"),
    stage: stage(values, "stage"),
    ...moment(values, "entered_on", clock),
  }),
  registrations(values, { today }) {
    const row: RowOfKind["registrations"] = {
      id: identity(values, "id"),
      dealId: otherId(values, "deal_id"),
      partnerId: identity(values, "partner_id"),
      submittedOn: pastDay(values, "submitted_on", today),
      recordedOn: optionalPastDay(values, "recorded_on", today) ?? undefined,
      status: parseOneOf("status", required(values, "status"), REGISTRATION_STATUSES),
      decidedOn: optionalPastDay(values, "decided_on", today) ?? undefined,
      reason: optional(values, "reason"),
      account: line(values, "account", 200),
      domain: domain(values),
    };
    if (!row.dealId && !row.account)
      refuse("deal_id", "", "a registration is of a deal, or names the account");
    const { submittedOn, recordedOn = submittedOn, decidedOn, status } = row;
    if (submittedOn > recordedOn)
      refuse(
        "submitted_on",
        submittedOn,
        `must not be after ${dayInWords(recordedOn)}, the day it was recorded`,
      );
    if (status === "pending" && decidedOn !== undefined) checkDecision("decided_on", decidedOn, status);
    return row;
  },
  roles(values, { today }) {
    const row: RowOfKind["roles"] = {
      id: identity(values, "id"),
      dealId: identity(values, "deal_id"),
      partnerId: identity(values, "partner_id"),
      role: parseOneOf("role", required(values, "role"), ROLES),
      touchStage: stage(values, "touch_stage"),
      touchedOn: pastDay(values, "touched_on", today),
      recordedOn: pastDay(values, "recorded_on", today),
      confirmedOn: optionalPastDay(values, "confirmed_on", today),
      contact: line(values, "contact", 200),
    };
    if (row.touchedOn > row.recordedOn)
      refuse(
        "touched_on",
        row.touchedOn,
        `must not be after ${dayInWords(row.recordedOn)}, the day it was recorded`,
      );
    return row;
  },
  activities(values, { today }) {
    const row: RowOfKind["activities"] = {
      id: identity(values, "id"),
      dealId: identity(values, "deal_id"),
      partnerId: identity(values, "partner_id"),
      type: activityType(values),
      stage: stage(values, "stage"),
      occurredOn: pastDay(values, "occurred_on", today),
      recordedOn: pastDay(values, "recorded_on", today),
      proof: proof(values),
      involvement: parseOneOf("involvement", required(values, "involvement"), INVOLVEMENTS),
      owner: mail(values, "owner"),
      nextStep: line(values, "next_step", 500),
      nextStepDueOn: optionalDay(values, "next_step_due_on"),
    };
    if (row.nextStepDueOn && !row.nextStep)
      refuse("next_step_due_on", row.nextStepDueOn, "a due day needs its next step");
    if (row.occurredOn > row.recordedOn)
      refuse(
        "occurred_on",
        row.occurredOn,
        `must not be after ${dayInWords(row.recordedOn)}, the day it was recorded`,
      );
    return row;
  },
  costs(values) {
    const currency = parseCurrency("currency", required(values, "currency"));
    return {
      quarter: quarter(values),
      side: parseOneOf("side", required(values, "side"), COST_SIDES),
      category: required(values, "category"),
      amount: readMajor(required(values, "amount"), currency),
      currency,
    };
  },
  rates: (values) => ({
    quarter: quarter(values),
    currency: parseCurrency("currency", required(values, "currency")),
    rate: rate(values),
  }),
};

const NAMES = new Map(KINDS.map((kind) => [kind, new Set(COLUMNS[kind].map(({ name }) => name))]));

/**
 * Types a row of the interchange format, or throws a `Refusal` that names the column (§10). Money is
 * read exactly, in minor units; nothing that happened may lie after today.
 */
export function readRow<K extends Kind>(kind: K, values: Values, clock: Clock): RowOfKind[K] {
  const names = NAMES.get(kind);
  for (const name in values) if (!names?.has(name)) refuse(name, values[name], `is not a column of ${kind}`);
  return READERS[kind](values, clock);
}

/** Types the rows of a batch one by one: the good ones, and the refused with their reasons. */
export function readRows<K extends Kind>(
  kind: K,
  rows: readonly InterchangeRow[],
  clock: Clock,
): { good: ReadRow<K>[]; refused: RefusedRow[] } {
  const good: ReadRow<K>[] = [];
  const refused: RefusedRow[] = [];
  for (const { line, values } of rows) {
    try {
      good.push({ line, row: readRow(kind, values, clock) });
    } catch (error) {
      refused.push(refusedRow(line, error));
    }
  }
  return { good, refused };
}

/** A `Refusal` as a refused row; any other error is thrown on. */
export function refusedRow(line: number, error: unknown): RefusedRow {
  if (!isRefusal(error)) throw error;
  const value = typeof error.value === "string" ? error.value : JSON.stringify(error.value ?? "");
  return { line, field: error.field, value: value === '""' ? "" : value, reason: error.rule };
}

/** Where a file of deals says that one stands; undefined when it has no such column. */
function standing(values: Values, closedOn: Day | null, clock: Clock): Standing | null | undefined {
  if (!cell(values, "stage")) return values.stage === undefined ? undefined : null;
  const said = { stage: stage(values, "stage") };
  if (cell(values, "stage_entered_on"))
    return { ...said, ...moment(values, "stage_entered_on", clock), isDated: true };
  return { ...said, enteredOn: closedOn ?? clock.today, enteredTime: null, isDated: false };
}

function forecast(values: Values): ForecastCategory | null | undefined {
  const text = optional(values, "forecast_category");
  return text ? parseOneOf("forecast_category", text, FORECAST_CATEGORIES) : (text as null | undefined);
}

/** A mail address, as people are known by it here. */
function mail(values: Values, name: string): string | null | undefined {
  const text = optional(values, name);
  return text ? text.toLowerCase() : text;
}

function proof(values: Values): string | null | undefined {
  const text = cell(values, "proof");
  if (!text) return text === undefined ? undefined : null;
  return parseProof("proof", text);
}

function domain(values: Values): string | null | undefined {
  const text = optional(values, "domain");
  return text ? parseDomain("domain", text) : text;
}

function activityType(values: Values): string {
  const type = required(values, "type");
  if (/^[a-z][a-z0-9_]{0,63}$/.test(type)) return type;
  return refuse("type", type, "an activity type is written like joint_discovery");
}

function quarter(values: Values): string {
  const label = required(values, "quarter");
  if (/^\d{4}-Q[1-4]$/.test(label)) return label;
  return refuse("quarter", label, "a quarter is written YYYY-Q1 to YYYY-Q4");
}

/** A rate as it is stored, twelve digits on either side of the point; `1.10` is `1.1`. */
function rate(values: Values): string {
  const text = required(values, "rate");
  const parts = /^0*(\d{1,12})(?:\.(\d{1,12}?)0*)?$/.exec(text);
  if (!parts || !/[1-9]/.test(text))
    return refuse(
      "rate",
      text,
      "a rate is a decimal above 0, at most twelve digits on each side of the point",
    );
  const decimals = parts[2]?.replace(/0+$/, "");
  return decimals ? `${parts[1]}.${decimals}` : (parts[1] as string);
}
