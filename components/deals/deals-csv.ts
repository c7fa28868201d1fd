"use client";

import { saveFile } from "@/components/ui/save-file";
import { client, type Inputs, type Outputs } from "@/lib/api/client";
import { OUTCOME_WORDS, ROLE_WORDS } from "@/lib/attribution/words";
import { DEAL_STATUS_WORDS } from "@/lib/metrics/deal-status-words";
import { formatMajor, formatMoney } from "@/lib/money";
import { evidenceLine } from "@/lib/text/evidence-line";
import type { DealRow } from "./deal-row";

const PAGE = 500;

type Field = readonly [header: string, value: (row: DealRow) => string];

/** What each column of the table is in a file; a deal's own name is always there. */
const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  account: [
    ["deal_id", (row) => row.id],
    ["account", (row) => row.account ?? ""],
  ],
  owner: [["owner", (row) => row.owner]],
  stage: [
    ["state", (row) => row.state],
    ["stage", (row) => String(row.stage)],
  ],
  amount: [
    ["amount", (row) => formatMajor(row.amount, row.currency)],
    ["currency", (row) => row.currency],
  ],
  createdOn: [["created_on", (row) => row.createdOn]],
  closedOn: [["closed_on", (row) => row.closedOn ?? ""]],
  expectedOn: [["expected_close_on", (row) => row.expectedCloseOn ?? ""]],
  type: [["type", (row) => row.type]],
  set: [["counted_as", (row) => row.set ?? ""]],
  cycleDays: [["days", (row) => String(row.cycleDays ?? "")]],
  partners: [
    [
      "partners",
      (row) =>
        row.partners
          .map((partner) =>
            partner.role ? `${partner.name} (${ROLE_WORDS[partner.role].label})` : partner.name,
          )
          .join("; "),
    ],
  ],
  outcome: [["outcome", (row) => OUTCOME_WORDS[row.outcome].label]],
  evidence: [["evidence", (row) => row.evidence ?? ""]],
  proof: [["proof", (row) => row.proof]],
  status: [["status", (row) => DEAL_STATUS_WORDS[row.status].label]],
};

/**
 * Deals as CSV text with a header, `columns` by their ids in order. Amounts in major units with a dot,
 * days as YYYY-MM-DD; what a spreadsheet would read as a formula is escaped.
 */
export async function dealsCsv(rows: readonly DealRow[], columns: readonly string[]): Promise<string> {
  // The browser's build of the writer, loaded when somebody asks for a file.
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const fields = columns.flatMap((column) => FIELDS[column] ?? []);
  return stringify(
    [fields.map(([header]) => header), ...rows.map((row) => fields.map(([, value]) => value(row)))],
    { escape_formulas: true },
  );
}

type Asked = Omit<Inputs["dealsList"], "after" | "limit">;

/** What was asked, as the address of the API says it. */
const askedOf = (input: Asked) => [
  "deals",
  ...Object.entries(input).map(
    ([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  ),
];

/** What the rows stand on: of an opened number what it stands on, else what there is today. */
async function standingOf({ quarter, number, look }: Asked, { today, policy }: Outputs["me"]) {
  if (number === undefined || quarter === undefined) return { asOf: today, policy, seal: null };
  const { asOf, policy: judges, seal } = await client.numbers({ quarter, look });
  return { asOf, policy: judges, seal: seal?.digest ?? null };
}

/**
 * Exactly the view as a CSV file: every deal of it, not only the loaded ones, in its order, with the
 * columns that are shown, under a line of what it stands on. Fails with an API error.
 */
export async function downloadCsv(input: Asked, columns: readonly string[], me: Outputs["me"]) {
  const standing = await standingOf(input, me);
  const rows: DealRow[] = [];
  let sum: Outputs["dealsList"]["sum"] = null;
  let after: string | undefined;
  do {
    const page = await client.dealsList({ ...input, after, limit: PAGE });
    if (after === undefined) sum = page.sum;
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
  const line = evidenceLine({
    ...standing,
    ...{ company: me.company, asked: askedOf(input), rows: rows.length },
    sum: sum && formatMoney(sum.amount, sum.currency),
    ...{ madeBy: me.user.name, madeOn: me.today },
  });
  const text = line + (await dealsCsv(rows, columns));
  saveFile(new Blob([text], { type: "text/csv;charset=utf-8" }), `deals-${me.today}.csv`);
  return rows.length;
}
