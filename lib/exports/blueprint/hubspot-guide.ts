import { BLUEPRINT_NAMES } from "@/lib/interchange/blueprint-fields";
import type { BlueprintOf, Field } from "./fields";
import { fieldTable, gateCall, madeFrom } from "./guide";

const API = "https://api.hubapi.com";

/** What an admin of the portal does with the files, step by step. */
export function hubspotGuide(
  of: BlueprintOf,
  fields: readonly Field[],
  labels: readonly { name: string; label: string }[],
): string {
  const { receipt, receiptUntil } = BLUEPRINT_NAMES.hubspot;
  const post = (path: string, file: string) =>
    `    curl -fsS -X POST ${API}${path} -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d @${file}`;
  return `# Countersign in HubSpot

${madeFrom(of)}

${fieldTable("hubspot", fields)}

## Make the properties

By the access token of a private app with the scope \`crm.schemas.deals.write\`:

${post("/crm/v3/properties/deals/groups", "property-group.json")}
${post("/crm/v3/properties/deals/batch/create", "properties.json")}

Where they are there already, their words are changed one by one: \`PATCH ${API}/crm/v3/properties/deals/NAME\` with the
\`options\` that \`properties.json\` has for it.

## Make the labels

A company on a deal with one of these labels is a partner in that role: ${labels.map(({ label }) => label).join(", ")}. With
the scope \`crm.objects.deals.write\` and \`crm.objects.companies.write\`:

${labels.map(({ name }) => post("/crm/v4/associations/deals/companies/labels", `association-labels/${name}.json`)).join("\n")}

## Let the connection write, and people see

1. Settings, Objects, Deals, *Record customization*: show the group *Countersign*.
2. In Countersign: Settings, Connections, *Test*. The properties are found and proposed for what is written back, the
   labels offered as roles; save, make a dry run, switch on.

## Ask the gate

Nobody closes a deal as won before its attribution is answered. Settings, Objects, Deals, Pipelines, the stage *Closed
won*: make \`${receipt}\` and \`${receiptUntil}\` required. What fills them is a workflow with a custom coded action, which
calls

${gateCall(of, "ID-OF-THE-DEAL")}

\`npm run -s gate -- token\` prints the token. Where \`allowed\` is true it writes \`answer.receipt\` and the moment fifteen
minutes on; else it shows \`reason\` and \`link\` to whoever closes the deal. HubSpot compares no moment with now: empty both
properties by a second workflow fifteen minutes after they were written. A receipt is signed: a text that somebody typed
instead is found by the monthly reconciliation, which reads it back (Settings, Company: from which close day on).
`;
}
