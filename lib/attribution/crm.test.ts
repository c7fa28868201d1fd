import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { classify } from "./classify";
import { amountBand, type CohortDeal, cohortIndex } from "./cohort";
import type { Facts } from "./facts";
import { parseFacts } from "./parse-facts";
import { parsePolicy } from "./parse-policy";
import type { Result } from "./result";
import type { DealOutcome, DealType } from "./vocabulary";

/**
 * Companies judged straight from their files: what `expected.json` and `outcomes.two_bucket.csv` say of them, computed
 * by a separate reading of domain.md (fixtures/README.md).
 */
type Row = Record<string, string>;

function rowsOf(folder: string, file: string): Row[] {
  return parse(readFileSync(`${folder}/${file}.csv`), { columns: true, bom: true });
}

/** Rows by the value of a column, in the order of the file. */
function groupBy(rows: Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row[column] as string;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const orNull = (cell: string | undefined) => (cell === "" || cell === undefined ? null : cell);
const minorUnits = (cell: string) => Number(cell.replace(".", ""));

/** `name`, or `name@FROM..TO` where either day may be missing (docs/imports.md). */
function membership(text: string): object {
  const [name, span = ".."] = text.split("@");
  const [from, to] = span.split("..");
  return { name, from: orNull(from), to: orNull(to) };
}

function loadFacts(folder: string, asOf: string): Facts[] {
  const stages = groupBy(rowsOf(folder, "stage_history"), "deal_id");
  const registrations = groupBy(rowsOf(folder, "registrations"), "deal_id");
  const roles = groupBy(rowsOf(folder, "roles"), "deal_id");
  const activities = groupBy(rowsOf(folder, "activities"), "deal_id");
  const partners = rowsOf(folder, "partners").map((row) => ({
    id: row.id,
    kind: row.kind,
    parentId: orNull(row.parent_id),
    programs: (row.programs ?? "").split(";").flatMap((text) => (text === "" ? [] : membership(text))),
  }));
  const deals = rowsOf(folder, "deals");
  const hasPartner = (id: string) => registrations.has(id) || roles.has(id) || activities.has(id);
  const medianOf = cohortIndex(
    deals.map(
      (row): CohortDeal => ({
        amount: minorUnits(row.amount as string),
        currency: row.currency as string,
        type: row.type as DealType,
        createdOn: row.created_on as string,
        closedOn: orNull(row.closed_on),
        outcome: row.outcome as DealOutcome,
        hasPartner: hasPartner(row.id as string),
      }),
    ),
  );
  return deals.map((row) => {
    const id = row.id as string;
    const amount = minorUnits(row.amount as string);
    const closedOn = orNull(row.closed_on);
    return parseFacts({
      asOf,
      deal: {
        id,
        amount,
        currency: row.currency,
        type: row.type,
        route: row.route,
        createdOn: row.created_on,
        closedOn,
        outcome: row.outcome,
        firstEngagedOn: orNull(row.first_engaged_on),
        recreatedFrom: orNull(row.recreated_from),
      },
      stages: (stages.get(id) ?? []).map((entry) => ({
        stage: Number(entry.stage),
        enteredOn: entry.entered_on,
      })),
      partners,
      registrations: (registrations.get(id) ?? []).map((entry) => ({
        id: entry.id,
        partnerId: entry.partner_id,
        submittedOn: entry.submitted_on,
        ...("recorded_on" in entry
          ? { recordedOn: entry.recorded_on, decidedOn: orNull(entry.decided_on) }
          : {}),
        status: entry.status,
      })),
      roles: (roles.get(id) ?? []).map((entry) => ({
        id: entry.id,
        partnerId: entry.partner_id,
        role: entry.role,
        touchStage: Number(entry.touch_stage),
        touchedOn: entry.touched_on,
        recordedOn: entry.recorded_on,
        confirmedOn: orNull(entry.confirmed_on),
      })),
      activities: (activities.get(id) ?? []).map((entry) => ({
        id: entry.id,
        partnerId: entry.partner_id,
        type: entry.type,
        stage: Number(entry.stage),
        occurredOn: entry.occurred_on,
        recordedOn: entry.recorded_on,
        proof: orNull(entry.proof),
        involvement: entry.involvement,
      })),
      rulings: [],
      cohort: {
        medianCycleDays: medianOf({
          type: row.type as DealType,
          currency: row.currency as string,
          band: amountBand(amount, row.currency as string),
          day: closedOn ?? asOf,
        }),
      },
    });
  });
}

/** Outcomes and gray codes by number of deals, disputed deals, and credit by partner and outcome. */
function summarise(results: readonly Result[]) {
  const outcomes: Record<string, number> = {};
  const evidence: Record<string, number> = {};
  const gray: Record<string, number> = {};
  const creditByPartner: Record<string, Record<string, number>> = {};
  for (const result of results) {
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
    if (result.evidence !== null) evidence[result.evidence] = (evidence[result.evidence] ?? 0) + 1;
    for (const code of result.gray) gray[code] = (gray[code] ?? 0) + 1;
    for (const { partnerId, credit } of result.partners) {
      for (const [outcome, amount] of Object.entries(credit)) {
        creditByPartner[partnerId] ??= {};
        const lines = creditByPartner[partnerId];
        lines[outcome] = (lines[outcome] ?? 0) + amount;
      }
    }
  }
  const disputedDeals = results.filter(({ partners }) => partners.some(({ disputed }) => disputed)).length;
  return { outcomes, evidence, disputedDeals, gray, creditByPartner };
}

describe.each(COMPANIES)("the deals of $name", ({ folder }) => {
  const expected = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
  const facts = loadFacts(folder, expected.asOf);

  it.each(Object.keys(expected.models))("come out under %s as expected.json says", (model) => {
    const { policy, quarters: _, ...stated } = expected.models[model];
    const parsed = parsePolicy(policy);
    expect(summarise(facts.map((deal) => classify(parsed, deal)))).toEqual(stated);
  });

  it("come out under two_bucket deal by deal as outcomes.two_bucket.csv says", () => {
    const policy = parsePolicy(expected.models.two_bucket.policy);
    const judged = facts.map((deal) => ({ deal_id: deal.deal.id, outcome: classify(policy, deal).outcome }));
    const byId = (a: { deal_id: string }, b: { deal_id: string }) => (a.deal_id < b.deal_id ? -1 : 1);
    const stated = rowsOf(folder, "outcomes.two_bucket") as { deal_id: string; outcome: string }[];
    expect(judged.sort(byId)).toEqual(stated.sort(byId));
  });
});
