import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson } from "../attribution/canonical";
import { GLOSSARY } from "../attribution/glossary";
import { addDays, parseQuarter } from "../calendar";
import { CATALOGUE, type NamedMetric } from "./catalogue";
import { DEAL_CLASSES } from "./deal-class";
import type { JudgedDeal, NumbersPolicy } from "./judged-deal";
import { METRICS, type MetricKey, metricOf, sheetsOf } from "./quarter-numbers";

const QUARTER = parseQuarter("2026-Q2");

/** A few deals of every class there is, of several sizes, currencies and ages. */
const DEALS: readonly JudgedDeal[] = [...DEAL_CLASSES.values()].flatMap((one, at) =>
  [0, 1, 2].map((nth): JudgedDeal => {
    const closedOn = one.outcome === "open" ? null : addDays(QUARTER.from, (at * 7 + nth * 31) % 91);
    const age = (at * 13 + nth * 29) % 180;
    return {
      ...{ id: `D-${at}-${nth}`, owner: "Ann", route: "direct", type: nth === 1 ? "renewal" : "new" },
      ...{ amount: 70_001 * (at + 1) * (nth + 1), currency: at % 5 === 0 ? "EUR" : "USD" },
      createdOn:
        one.hasCycle || closedOn === null ? addDays(closedOn ?? QUARTER.to, -age) : addDays(closedOn, 3),
      closedOn,
      ...{ outcome: one.outcome, attribution: one.attribution, evidence: one.evidence },
      confirmedBeforeClose: one.confirmedBeforeClose,
      engagedOn: [addDays(QUARTER.from, (at + nth) % 120)],
    };
  }),
);

/** What a definition makes of the same deals, in sixteen digits. */
function printOf(key: MetricKey): string {
  const values = (["attributed", "sourced"] as const).map((costDenominator) => {
    const policy: NumbersPolicy = { model: "two_bucket", costDenominator };
    const costs = (["partner_program", "direct_sales"] as const).map((side, at) => ({
      ...{ quarter: QUARTER.label, side, category: "headcount", currency: "USD" },
      amount: 9_000_007 * (at + 1),
    }));
    const rates = { quarter: QUARTER.label, reporting: "USD", perUnit: { EUR: "1.0835" } };
    const sheet = sheetsOf({ deals: DEALS, costs, rates, policy }, QUARTER)(key);
    return Object.entries(metricOf(key).figures).map(([name, figure]) => [name, figure.value(sheet)]);
  });
  return createHash("sha256").update(canonicalJson(values)).digest("hex").slice(0, 16);
}

test("a definition that makes another number of the same deals has another version", () => {
  const lock = JSON.parse(readFileSync(new URL("definitions.lock.json", import.meta.url), "utf8"));
  const keys = Object.keys(METRICS) as MetricKey[];
  // Whoever changes one raises its version and writes the line that this prints.
  const now = Object.fromEntries(keys.map((key) => [`${key} ${METRICS[key].version}`, printOf(key)]));
  expect(lock).toMatchObject(now);
});

test("every number has a name, a formula, an owner and a version, and opens to something", () => {
  expect(new Set(CATALOGUE.map(({ key }) => key)).size).toBe(CATALOGUE.length);
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  for (const { key, name, formula, version, figures } of CATALOGUE) {
    for (const text of [name, formula]) expect(text, key).toMatch(/^[A-Z].*[^.]$/);
    expect(version, key).toBeGreaterThan(0);
    expect(figures.length, key).toBeGreaterThan(0);
    for (const { opens } of figures) expect(opens, key).not.toBe("");
    expect(new Set(figures.map((figure) => figure.name)).size, key).toBe(figures.length);
  }
});

test("the words call the four numbers as the catalogue does", () => {
  const words = new Set(Object.values(GLOSSARY).map(({ label }) => label as string));
  for (const { name } of [METRICS.sourcedPipeline, METRICS.influencedWinRate]) expect(words).toContain(name);
  for (const { name } of [METRICS.cycleReduction, METRICS.costPerPartnerDollar])
    expect(words).toContain(name);
});

const OWNERS = { cro: "CRO", finance: "CFO", head_of_partnerships: "Head of partnerships" } as const;

function section({ key, name, formula, source, owner, version, view, figures }: NamedMetric): string {
  const rows = figures.map(
    (figure) =>
      `| ${figure.name} | ${figure.unit} | \`${figure.key}\` | ${figure.column ? `\`${figure.column}\`` : "–"} | ${figure.opens} |`,
  );
  return [
    `## ${name}`,
    "",
    `${formula}.`,
    "",
    `\`${key}\`, version ${version}. Owner: ${OWNERS[owner]}. Source: ${source}.${view ? ` SQL view: \`${view}\`.` : ""}`,
    "",
    "| figure | unit | key | column | opens to |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

test("docs/metrics.md is the catalogue", async () => {
  const page = `# Every number

Made from \`lib/metrics/catalogue.ts\`; the page **Settings**, Numbers, the API's \`metrics-catalogue\` and the SQL views show the
same. \`money\` is whole minor units of the reporting currency, \`perUnit\` reporting currency per 1 of it won, \`share\` 0 to 1.
The owner is who of the memo's three signers answers for the definition; the version is raised whenever the same deals would give
another number.

${CATALOGUE.map(section).join("\n\n")}
`;
  await expect(page).toMatchFileSnapshot("../../docs/metrics.md");
});
