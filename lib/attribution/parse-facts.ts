import { refuse } from "../errors";
import { dayInWords } from "../text/days";
import { checkSingleIds, type JsonObject, parseList, parseObject, pathTo } from "./document";
import type {
  Activity,
  Day,
  DealFacts,
  Facts,
  PartnerFacts,
  ProgramMembership,
  Registration,
  RoleRow,
  Ruling,
  StageEntry,
  Witness,
} from "./facts";
import {
  checkAncestry,
  checkClosing,
  checkDecision,
  checkSingleRows,
  checkSpan,
  parseAmount,
  parseCurrency,
  parseDay,
  parseDayOrNull,
  parseOneOf,
  parseProof,
  parseRole,
  parseStage,
  parseText,
  parseTextOrNull,
} from "./field-rules";
import { outcomesOf } from "./models";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  EVIDENCE_SOURCES,
  INVOLVEMENTS,
  MODELS,
  PARTNER_KINDS,
  REGISTRATION_STATUSES,
  ROUTES,
} from "./vocabulary";

const FACTS = [
  "asOf",
  "deal",
  "stages",
  "partners",
  "registrations",
  "roles",
  "activities",
  "rulings",
  "cohort",
] as const;
const DEAL = [
  "id",
  "amount",
  "currency",
  "type",
  "route",
  "createdOn",
  "closedOn",
  "outcome",
  "firstEngagedOn",
  "recreatedFrom",
] as const;
const STAGE = ["stage", "enteredOn"] as const;
const PARTNER = ["id", "kind", "parentId", "programs"] as const;
const REGISTRATION = ["id", "partnerId", "submittedOn", "status"] as const;
const ROLE = ["id", "partnerId", "role", "touchStage", "touchedOn", "recordedOn", "confirmedOn"] as const;
const ACTIVITY = [
  "id",
  "partnerId",
  "type",
  "stage",
  "occurredOn",
  "recordedOn",
  "proof",
  "involvement",
] as const;
/** What a document may leave out of a fact (§2); a program may be a plain name as well. */
const WITNESS = ["source", "secondHandOn"] as const;
const DEAL_OPTIONAL = ["amendedOn"] as const;
const REGISTRATION_OPTIONAL = ["recordedOn", "decidedOn", ...WITNESS] as const;
const PROGRAM = ["name", "from", "to"] as const;
const RULING = ["id", "partnerId", "model", "outcome", "decidedOn"] as const;
const COHORT = ["medianCycleDays"] as const;

/**
 * The facts document of one deal (§2), or a `Refusal` with the path of the first field that breaks a
 * rule of §10. `at` is put before every path. A fact dated after `asOf` is accepted: §4 has it "not
 * there yet". A touch is not in that list, so a row that was recorded by `asOf` but touched after it
 * claims an occurrence in the future and is refused.
 */
export function parseFacts(input: unknown, at = ""): Facts {
  const from: JsonObject = parseObject(at, input, FACTS);
  const asOf = parseDay(pathTo(at, "asOf"), from.asOf);
  const facts: Facts = {
    asOf,
    deal: parseDeal(pathTo(at, "deal"), from.deal, asOf),
    stages: parseList(pathTo(at, "stages"), from.stages, parseStageEntry),
    partners: parseList(pathTo(at, "partners"), from.partners, parsePartner),
    registrations: parseList(pathTo(at, "registrations"), from.registrations, parseRegistration),
    roles: parseList(pathTo(at, "roles"), from.roles, parseRoleRow),
    activities: parseList(pathTo(at, "activities"), from.activities, parseActivity),
    rulings: parseList(pathTo(at, "rulings"), from.rulings, parseRuling),
    cohort: parseCohort(pathTo(at, "cohort"), from.cohort),
  };
  checkSingleIds(pathTo(at, "partners"), facts.partners);
  checkSingleIds(pathTo(at, "registrations"), facts.registrations);
  checkSingleIds(pathTo(at, "roles"), facts.roles);
  checkSingleIds(pathTo(at, "activities"), facts.activities);
  checkSingleIds(pathTo(at, "rulings"), facts.rulings);
  checkSingleRows(pathTo(at, "roles"), facts.roles);
  checkTouches(pathTo(at, "roles"), facts);
  checkParents(pathTo(at, "partners"), facts.partners);
  return facts;
}

function parseDeal(at: string, value: unknown, asOf: string): DealFacts {
  const from = parseObject(at, value, DEAL, DEAL_OPTIONAL);
  const deal: DealFacts = {
    id: parseText(`${at}.id`, from.id),
    amount: parseAmount(`${at}.amount`, from.amount),
    currency: parseCurrency(`${at}.currency`, from.currency),
    type: parseOneOf(`${at}.type`, from.type, DEAL_TYPES),
    route: parseOneOf(`${at}.route`, from.route, ROUTES),
    createdOn: parseDay(`${at}.createdOn`, from.createdOn),
    closedOn: parseDayOrNull(`${at}.closedOn`, from.closedOn),
    outcome: parseOneOf(`${at}.outcome`, from.outcome, DEAL_OUTCOMES),
    firstEngagedOn: parseDayOrNull(`${at}.firstEngagedOn`, from.firstEngagedOn),
    recreatedFrom: parseTextOrNull(`${at}.recreatedFrom`, from.recreatedFrom),
    amendedOn: parseDayOrNull(`${at}.amendedOn`, from.amendedOn ?? null),
  };
  checkClosing(`${at}.closedOn`, deal.closedOn, deal.outcome, asOf);
  return deal;
}

function parseStageEntry(at: string, value: unknown): StageEntry {
  const from = parseObject(at, value, STAGE);
  return {
    stage: parseStage(`${at}.stage`, from.stage),
    enteredOn: parseDay(`${at}.enteredOn`, from.enteredOn),
  };
}

function parsePartner(at: string, value: unknown): PartnerFacts {
  const from = parseObject(at, value, PARTNER);
  return {
    id: parseText(`${at}.id`, from.id),
    kind: parseOneOf(`${at}.kind`, from.kind, PARTNER_KINDS),
    parentId: parseTextOrNull(`${at}.parentId`, from.parentId),
    programs: parseList(`${at}.programs`, from.programs, parseProgram),
  };
}

/** A time in a program; a plain name is one without bounds. */
function parseProgram(at: string, value: unknown): ProgramMembership {
  if (typeof value === "string") return { name: parseText(at, value), from: null, to: null };
  const given = parseObject(at, value, PROGRAM);
  const membership = {
    name: parseText(`${at}.name`, given.name),
    from: parseDayOrNull(`${at}.from`, given.from),
    to: parseDayOrNull(`${at}.to`, given.to),
  };
  checkSpan(`${at}.to`, membership);
  return membership;
}

function parseWitness(at: string, from: JsonObject): Witness {
  const source = from.source ?? null;
  return {
    source: source === null ? null : parseOneOf(`${at}.source`, source, EVIDENCE_SOURCES),
    secondHandOn: parseDayOrNull(`${at}.secondHandOn`, from.secondHandOn ?? null),
  };
}

function parseRegistration(at: string, value: unknown): Registration {
  const from = parseObject(at, value, REGISTRATION, REGISTRATION_OPTIONAL);
  const submittedOn = parseDay(`${at}.submittedOn`, from.submittedOn);
  const recordedOn =
    from.recordedOn === undefined ? submittedOn : parseDay(`${at}.recordedOn`, from.recordedOn);
  const status = parseOneOf(`${at}.status`, from.status, REGISTRATION_STATUSES);
  return {
    id: parseText(`${at}.id`, from.id),
    partnerId: parseText(`${at}.partnerId`, from.partnerId),
    submittedOn,
    recordedOn,
    status,
    decidedOn: parseDecision(`${at}.decidedOn`, from.decidedOn, status, recordedOn),
    ...parseWitness(at, from),
  };
}

/** The day of a decision; the day of record where a document leaves it out (§2). */
function parseDecision(
  at: string,
  value: unknown,
  status: Registration["status"],
  recordedOn: Day,
): Day | null {
  const day = value === undefined ? (status === "pending" ? null : recordedOn) : parseDayOrNull(at, value);
  checkDecision(at, day, status);
  return day;
}

function parseRoleRow(at: string, value: unknown): RoleRow {
  const from = parseObject(at, value, ROLE, WITNESS);
  return {
    id: parseText(`${at}.id`, from.id),
    partnerId: parseText(`${at}.partnerId`, from.partnerId),
    role: parseRole(`${at}.role`, from.role),
    touchStage: parseStage(`${at}.touchStage`, from.touchStage),
    touchedOn: parseDay(`${at}.touchedOn`, from.touchedOn),
    recordedOn: parseDay(`${at}.recordedOn`, from.recordedOn),
    confirmedOn: parseDayOrNull(`${at}.confirmedOn`, from.confirmedOn),
    ...parseWitness(at, from),
  };
}

function parseActivity(at: string, value: unknown): Activity {
  const from = parseObject(at, value, ACTIVITY, WITNESS);
  return {
    id: parseText(`${at}.id`, from.id),
    partnerId: parseText(`${at}.partnerId`, from.partnerId),
    type: parseText(`${at}.type`, from.type),
    stage: parseStage(`${at}.stage`, from.stage),
    occurredOn: parseDay(`${at}.occurredOn`, from.occurredOn),
    recordedOn: parseDay(`${at}.recordedOn`, from.recordedOn),
    proof: parseProof(`${at}.proof`, from.proof),
    involvement: parseOneOf(`${at}.involvement`, from.involvement, INVOLVEMENTS),
    ...parseWitness(at, from),
  };
}

function parseRuling(at: string, value: unknown): Ruling {
  const from = parseObject(at, value, RULING);
  const model = parseOneOf(`${at}.model`, from.model, MODELS);
  return {
    id: parseText(`${at}.id`, from.id),
    partnerId: parseText(`${at}.partnerId`, from.partnerId),
    model,
    outcome: parseOneOf(`${at}.outcome`, from.outcome, outcomesOf(model)),
    decidedOn: parseDay(`${at}.decidedOn`, from.decidedOn),
  };
}

function parseCohort(at: string, value: unknown): Facts["cohort"] {
  const { medianCycleDays } = parseObject(at, value, COHORT);
  if (medianCycleDays === null) return { medianCycleDays };
  if (typeof medianCycleDays === "number" && Number.isFinite(medianCycleDays) && medianCycleDays >= 0) {
    return { medianCycleDays };
  }
  return refuse(
    `${at}.medianCycleDays`,
    medianCycleDays,
    "a median is a number of days, or null when unknown",
  );
}

function checkTouches(at: string, { roles, asOf }: Facts): void {
  roles.forEach((row, index) => {
    if (row.recordedOn <= asOf && row.touchedOn > asOf) {
      refuse(
        `${at}[${index}].touchedOn`,
        row.touchedOn,
        `an occurrence cannot be in the future (after ${dayInWords(asOf)})`,
      );
    }
  });
}

function checkParents(at: string, partners: PartnerFacts[]): void {
  const parentOf = (id: string) => partners.find((partner) => partner.id === id)?.parentId ?? null;
  partners.forEach(({ id, parentId }, index) => {
    if (parentId !== null) checkAncestry(`${at}[${index}].parentId`, id, parentId, parentOf);
  });
}
