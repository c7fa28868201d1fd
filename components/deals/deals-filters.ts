import {
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { LOOK_PARAMS, lookAsked, NO_LOOK } from "@/components/shared/look/look-params";
import type { Inputs } from "@/lib/api/client";
import { DEAL_OUTCOMES, GRADES, OUTCOMES, STAGES } from "@/lib/attribution/vocabulary";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";

export const SORTS = [
  "account",
  "amount",
  "stage",
  "createdOn",
  "closedOn",
  "expectedOn",
  "outcome",
  "owner",
  "status",
  "set",
  "id",
] as const;

/** Columns that are not shown until somebody asks for them. */
export const USUAL_HIDE = ["createdOn", "type", "evidence"];

/** What the address of the Deals page may say: a view is nothing but its address. */
export const DEALS_PARAMS = {
  q: parseAsString,
  scope: parseAsStringLiteral(["mine", "all"]),
  state: parseAsStringLiteral(DEAL_OUTCOMES),
  outcome: parseAsArrayOf(parseAsStringLiteral(OUTCOMES)),
  evidence: parseAsStringLiteral(GRADES),
  status: parseAsArrayOf(parseAsStringLiteral(DEAL_STATUSES)),
  stage: parseAsArrayOf(parseAsNumberLiteral(STAGES)),
  partner: parseAsString,
  /** What that partner itself has and did on them. */
  partnerOutcome: parseAsArrayOf(parseAsStringLiteral(OUTCOMES)),
  partnerEvidence: parseAsStringLiteral(GRADES),
  partnerDisputed: parseAsBoolean,
  partnerActed: parseAsString,
  partnerProof: parseAsStringLiteral(["proven", "missing"]),
  owner: parseAsString,
  quarter: parseAsString,
  number: parseAsString,
  part: parseAsString,
  figure: parseAsString,
  /** How that number is looked at. */
  ...LOOK_PARAMS,
  decision: parseAsBoolean,
  closing: parseAsBoolean,
  disputed: parseAsBoolean,
  sort: parseAsStringLiteral(SORTS).withDefault("createdOn"),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  /** The deal shown beside the list. */
  peek: parseAsString,
  /** Columns not shown. */
  hide: parseAsArrayOf(parseAsString).withDefault(USUAL_HIDE),
  /** Their order, from the left; one that is not named follows whom it always follows. */
  columns: parseAsArrayOf(parseAsString).withDefault([]),
};
export type DealsParams = inferParserType<typeof DEALS_PARAMS>;

/** How many rows travel at once. */
export const PAGE = 100;

/** The list's question for an address: what is not said is not asked. */
export function listInput(params: DealsParams): Omit<Inputs["dealsList"], "after" | "limit"> {
  return {
    scope: params.scope ?? "all",
    ...(params.q && { search: params.q }),
    ...(params.state && { state: params.state }),
    ...(params.outcome?.length && { outcome: params.outcome }),
    ...(params.evidence && { evidence: params.evidence }),
    ...(params.status?.length && { status: params.status }),
    ...(params.stage?.length && { stage: params.stage }),
    ...(params.partner && { partnerId: params.partner, ...ofPartner(params) }),
    ...(params.owner && { owner: params.owner }),
    ...(params.quarter && { quarter: params.quarter }),
    ...(params.number && { number: params.number }),
    ...(params.part && { part: params.part }),
    ...(params.figure && { figure: params.figure }),
    ...(params.number && lookAsked(params)),
    ...(params.decision && { needsDecision: true }),
    ...(params.closing && { closingSoon: true }),
    ...(params.disputed && { disputed: true }),
    sort: params.sort,
    dir: params.dir,
  };
}

const ofPartner = (params: DealsParams) => ({
  ...(params.partnerOutcome?.length && { partnerOutcome: params.partnerOutcome }),
  ...(params.partnerEvidence && { partnerEvidence: params.partnerEvidence }),
  ...(params.partnerDisputed && { partnerDisputed: true }),
  ...(params.partnerActed && { partnerActed: params.partnerActed }),
  ...(params.partnerProof && { partnerProof: params.partnerProof }),
});

/** What goes with the partner that it is of. */
export const NO_PARTNER = {
  partner: null,
  partnerOutcome: null,
  partnerEvidence: null,
  partnerDisputed: null,
  partnerActed: null,
  partnerProof: null,
} satisfies Partial<Record<keyof DealsParams, null>>;

/** What the server asks for an address's first paint: the first page, as the list asks it. */
export const firstInput = (params: DealsParams): Inputs["dealsList"] => ({
  ...listInput(params),
  limit: PAGE,
});

/** The question of the strip over the list: the first of the deals near their end that nobody decided about. */
export const closingInput = (owns: boolean) =>
  ({
    scope: owns ? "mine" : "all",
    closingSoon: true,
    needsDecision: true,
    sort: "expectedOn",
    dir: "asc",
    limit: 6,
  }) as const satisfies Inputs["dealsList"];

/** Everything that narrows the list, cleared; sort and columns stay. */
export const NO_FILTERS = {
  q: null,
  scope: null,
  state: null,
  outcome: null,
  evidence: null,
  status: null,
  stage: null,
  ...NO_PARTNER,
  owner: null,
  quarter: null,
  number: null,
  part: null,
  figure: null,
  ...NO_LOOK,
  decision: null,
  closing: null,
  disputed: null,
} satisfies Partial<Record<keyof DealsParams, null>>;

export type DealsFilters = { -readonly [K in keyof typeof NO_FILTERS]?: DealsParams[K] };

/** Whether anything narrows the list. */
export function isFiltered(params: DealsParams): boolean {
  return Object.keys(NO_FILTERS).some((key) => params[key as keyof typeof NO_FILTERS] !== null);
}

const ORDERS: Readonly<Record<(typeof SORTS)[number], readonly [asc: string, desc: string]>> = {
  account: ["by account", "by account, from Z"],
  amount: ["smallest first", "largest first"],
  stage: ["earliest stage first", "latest stage first"],
  createdOn: ["oldest first", "newest first"],
  closedOn: ["first closed first", "last closed first"],
  expectedOn: ["first to close first", "last to close first"],
  outcome: ["sourced first", "sourced last"],
  owner: ["by owner", "by owner, from Z"],
  status: ["to decide first", "to decide last"],
  set: ["set by set", "set by set, the widest first"],
  id: ["by id", "by id, from the last"],
};

/** The order of the list, as its foot says it: the column it goes by may be away. */
export const orderWords = ({ sort, dir }: Pick<DealsParams, "sort" | "dir">) =>
  ORDERS[sort][dir === "asc" ? 0 : 1];
