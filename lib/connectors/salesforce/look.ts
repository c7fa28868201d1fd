import type { Connection } from "jsforce";
import type { DealOutcome, DealType, Role, Stage } from "@/lib/attribution/vocabulary";
import type { Looked } from "@/lib/interchange/connection";
import { fieldsOf, queryAll } from "./client";

interface StageRecord {
  MasterLabel: string;
  ApiName: string | null;
  IsClosed: boolean;
  IsWon: boolean;
  DefaultProbability: number;
}

/** Reaches the org and asks for its own words: stages, types, partner roles, and the fields that may be written. */
export async function look(connection: Connection, writeObject?: string): Promise<Looked> {
  const [fields, written, stages, roles, who, [deals]] = await Promise.all([
    fieldsOf(connection),
    writeObject ? fieldsOf(connection, writeObject) : null,
    queryAll<StageRecord>(
      connection,
      "SELECT MasterLabel, ApiName, IsClosed, IsWon, DefaultProbability FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder",
    ),
    queryAll<{ MasterLabel: string; ApiName: string | null }>(
      connection,
      "SELECT MasterLabel, ApiName FROM PartnerRole ORDER BY SortOrder",
    ),
    queryAll<{ Name: string; OrganizationType: string }>(
      connection,
      "SELECT Name, OrganizationType FROM Organization",
    ),
    queryAll<{ many: number }>(connection, "SELECT COUNT(Id) many FROM Opportunity WHERE IsDeleted = false"),
  ]);
  const type = fields.find(({ name }) => name === "Type");
  return {
    as: who[0] ? `${who[0].Name} (${who[0].OrganizationType})` : connection.instanceUrl,
    // A stage is kept on the record by its API name, which is the label unless somebody renamed it.
    stages: stages.map((stage) => ({
      key: stage.ApiName ?? stage.MasterLabel,
      label: stage.MasterLabel,
      likely: stageOf(stage),
    })),
    types: (type?.picklistValues ?? [])
      .filter(({ active }) => active)
      .map(({ value, label }) => ({ key: value, label: label ?? value, likely: typeOf(value) })),
    roles: [
      ...roles.map(({ MasterLabel, ApiName }) => ({
        key: ApiName ?? MasterLabel,
        label: MasterLabel,
        likely: null as Role | null,
      })),
      { key: "", label: "No role", likely: null },
    ],
    fields: writable(fields),
    ...(written && { objectFields: writable(written) }),
    deals: deals?.many ?? 0,
  };
}

const writable = (fields: Awaited<ReturnType<typeof fieldsOf>>) =>
  fields
    .filter(({ custom, updateable }) => custom && updateable)
    .map(({ name, label }) => ({ key: name, label }));

const STOCK: Readonly<Record<string, Stage>> = {
  Prospecting: 1,
  Qualification: 2,
  "Needs Analysis": 2,
  "Value Proposition": 3,
  "Id. Decision Makers": 3,
  "Perception Analysis": 4,
  "Proposal/Price Quote": 4,
  "Negotiation/Review": 5,
};

function stageOf(stage: StageRecord): { stage: Stage; outcome: DealOutcome } | null {
  if (stage.IsClosed) return { stage: 5, outcome: stage.IsWon ? "won" : "lost" };
  const known = STOCK[stage.MasterLabel];
  return known === undefined ? null : { stage: known, outcome: "open" };
}

function typeOf(value: string): DealType | null {
  if (/renew/i.test(value)) return "renewal";
  if (/exist|upgrade|expan|upsell|cross/i.test(value)) return "expansion";
  return /new/i.test(value) ? "new" : null;
}
