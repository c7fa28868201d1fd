import { PRESETS } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { RECEIPT_MOST } from "@/lib/auth/receipts";
import { Refusal } from "@/lib/errors";
import type { BlueprintOf } from "@/lib/exports/blueprint/fields";
import { hubspotBlueprint } from "@/lib/exports/blueprint/hubspot";
import { salesforceBlueprint } from "@/lib/exports/blueprint/salesforce";
import { zipOf } from "@/lib/exports/blueprint/zip";
import { BLUEPRINT_SYSTEMS, type BlueprintSystem } from "@/lib/interchange/blueprint-fields";
import { policiesList } from "@/lib/queries/policy/policies-list";
import { policy } from "@/lib/queries/policy/policy";
import { ask } from "./ask";
import { answerFile } from "./files";

const MADE_FOR: Readonly<Record<BlueprintSystem, (of: BlueprintOf) => Record<string, string>>> = {
  salesforce: salesforceBlueprint,
  hubspot: hubspotBlueprint,
};

/** What makes a CRM ready for the policy in force, as a zip: `salesforce.zip` or `hubspot.zip` (docs/crm-blueprint.md). */
export function answerBlueprint(file: string, actorOf: () => Promise<Actor | null>): Promise<Response> {
  return answerFile({ file }, actorOf, async (actor) => {
    const system = BLUEPRINT_SYSTEMS.find((one) => file === `${one}.zip`);
    if (!system) {
      const rule = `a blueprint is taken away as ${BLUEPRINT_SYSTEMS.map((one) => `${one}.zip`).join(" or ")}`;
      throw new Refusal({ code: "not_found", field: "file", value: file, rule });
    }
    const { inForce } = await ask(policiesList, {}, actor);
    const of = {
      policy: inForce.signed
        ? (await ask(policy, { policyId: inForce.signed.policyId }, actor)).document
        : PRESETS[inForce.model],
      hash: inForce.hash,
      address: (process.env.NEXTAUTH_URL || "http://localhost:3000").replace(/\/+$/, ""),
      receiptMost: RECEIPT_MOST,
    };
    return {
      body: zipOf(MADE_FOR[system](of)),
      type: "application/zip",
      disposition: `attachment; filename="countersign-${file}"`,
    };
  });
}
