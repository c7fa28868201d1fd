import { BLUEPRINT_NAMES, type BlueprintSystem } from "@/lib/interchange/blueprint-fields";
import type { BlueprintOf, Field } from "./fields";

/** Of which policy a blueprint is, in a sentence. */
export const madeFrom = ({ hash }: Pick<BlueprintOf, "hash">): string =>
  `Made from the policy \`${hash.slice(0, 12)}\`. When another one comes into force, take the blueprint again: its words may be others.`;

/** The fields as a table. */
export function fieldTable(system: BlueprintSystem, fields: readonly Field[]): string {
  const rows = fields.map(
    ({ name, label, help }) => `| ${label} | \`${BLUEPRINT_NAMES[system][name]}\` | ${help} |`,
  );
  return ["| field | name | what it holds |", "|---|---|---|", ...rows].join("\n");
}

/** How the gate is asked, whatever asks it. */
export const gateCall = ({ address }: Pick<BlueprintOf, "address">, id: string): string =>
  `    GET ${address}/api/v1/gate-deal?dealId=${id}&as=won
    Authorization: Bearer TOKEN`;
