"use client";

import { client, type Inputs } from "@/lib/api/client";
import { OUTCOME_WORDS, ROLE_WORDS } from "@/lib/attribution/words";
import { formatMajor } from "@/lib/money";
import type { DealRow } from "./deal-row";

const PAGE = 500;

const FIELDS: readonly (readonly [header: string, value: (row: DealRow) => string])[] = [
  ["deal_id", (row) => row.id],
  ["account", (row) => row.account ?? ""],
  ["owner", (row) => row.owner],
  ["state", (row) => row.state],
  ["stage", (row) => String(row.stage)],
  ["amount", (row) => formatMajor(row.amount, row.currency)],
  ["currency", (row) => row.currency],
  ["type", (row) => row.type],
  ["created_on", (row) => row.createdOn],
  ["closed_on", (row) => row.closedOn ?? ""],
  [
    "partners",
    (row) =>
      row.partners
        .map((partner) =>
          partner.role ? `${partner.name} (${ROLE_WORDS[partner.role].label})` : partner.name,
        )
        .join("; "),
  ],
  ["outcome", (row) => OUTCOME_WORDS[row.outcome].label],
  ["disputed", (row) => String(row.disputed)],
  ["proof", (row) => row.proof],
  ["attribution_confirmed", (row) => String(row.attributionConfirmed)],
];

/**
 * Every deal of the view, not only the loaded ones, as a CSV file: amounts in major units with a dot, days
 * as YYYY-MM-DD, formulas escaped. Fails with an API error.
 */
export async function downloadCsv(input: Omit<Inputs["dealsList"], "offset" | "limit">, name: string) {
  // The browser's build of the writer, loaded when somebody asks for a file.
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const rows: DealRow[] = [];
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const page = await client.dealsList({ ...input, offset, limit: PAGE });
    rows.push(...page.rows);
    total = page.total;
  }
  const text = stringify(
    [FIELDS.map(([header]) => header), ...rows.map((row) => FIELDS.map(([, value]) => value(row)))],
    { escape_formulas: true },
  );
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return rows.length;
}
