import { BLUEPRINT_NAMES } from "@/lib/interchange/blueprint-fields";
import type { BlueprintOf, Field } from "./fields";
import { fieldTable, gateCall, madeFrom } from "./guide";

/** What an admin of the org does with the package, step by step. */
export function salesforceGuide(of: BlueprintOf, fields: readonly Field[]): string {
  const { receipt, receiptUntil } = BLUEPRINT_NAMES.salesforce;
  return `# Countersign in Salesforce

${madeFrom(of)}

${fieldTable("salesforce", fields)}

## Deploy

With the Salesforce CLI, into a sandbox first:

    sf project deploy start --metadata-dir metadata --target-org SANDBOX --dry-run
    sf project deploy start --metadata-dir metadata --target-org SANDBOX

or zip what is in \`metadata/\` and deploy it in Workbench. Nothing that is there is replaced: fields, a rule that is
switched off, two permission sets, and a layout of its own, which nobody sees until it is assigned.

## Let the connection write, and people see

1. Setup, Permission Sets: assign *Countersign: connection* to the run-as user of the connection, *Countersign: reader*
   to whoever sells.
2. Object Manager, Opportunity, Page Layouts: take the section *Countersign* from the layout *Countersign* into your
   own, or assign that one. On a Dynamic Forms page add a field section instead.
3. In Countersign: Settings, Connections, *Test*. The fields are found and proposed for what is written back; save,
   make a dry run, switch on.

## Ask the gate

Nobody closes a deal as won before its attribution is answered. What asks is a button of yours: a screen flow, which
calls

${gateCall(of, "{!recordId}")}

1. Setup, Named Credentials: an external credential with the custom header \`Authorization\`, of which the value is
   \`Bearer TOKEN\`; \`npm run -s gate -- token\` prints the token. A named credential for ${of.address}.
2. Flow Builder, an action *Create HTTP Callout*: GET, the path and its two parameters.
3. \`allowed\` is false: show \`reason\`, and \`link\`, where it is answered.
4. \`allowed\` is true: update the opportunity with \`${receipt}\` = \`answer.receipt\`, \`${receiptUntil}\` = now and
   fifteen minutes (\`{!$Flow.CurrentDateTime} + 15/1440\`), and the stage.
5. At last switch the validation rule *Countersign_Gate* on. From then on a close as won without a receipt of the last
   quarter of an hour is refused; a loss is not held up.

A receipt is signed: a text that somebody typed instead is found by the monthly reconciliation, which reads it back
(Settings, Company: from which close day on).
`;
}
