import { createHash } from "node:crypto";
import { CATALOGUE, type NamedMetric, sqlName } from "../../lib/metrics/catalogue";
import { METRICS, type MetricKey, metricOf } from "../../lib/metrics/quarter-numbers";
import type { Part } from "../../lib/metrics/sheet";
import { BASE_VIEWS } from "./base-views";
import { conditionOf } from "./conditions";
import { FORMULAS } from "./figures";

/** The schema of the views, and the role that may read them and nothing else (docs/sql-views.md). */
export const VIEWS_SCHEMA = "bi";
export const VIEWS_ROLE = "countersign_bi";

const KEYS = Object.keys(METRICS) as MetricKey[];
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const namedOf = (key: string) => CATALOGUE.find((one) => one.key === key) as NamedMetric;

/** What a view may need of a part, by the suffix under which formulas name it. */
const AGGREGATES: Readonly<Record<string, (condition: string) => string>> = {
  deals: (condition) => `count(*) filter (where ${condition})`,
  amount: (condition) => whole(condition, `coalesce(sum(d.amount_reporting) filter (where ${condition}), 0)`),
  size: (condition) => whole(condition, median("d.amount_reporting", condition)),
  median: (condition) => median("d.cycle_days", condition),
  engagements: (condition) => `coalesce(sum(d.engagements) filter (where ${condition}), 0)`,
};
const median = (of: string, condition: string) =>
  `percentile_cont(0.5) within group (order by ${of}::float8) filter (where ${condition})`;
/** NULL where a rate is missing: what is there is then no sum. */
const whole = (condition: string, made: string) =>
  `case when bool_and(d.amount_reporting is not null) filter (where ${condition}) is not false then ${made} end`;

function aggregatesOf(key: MetricKey): string[] {
  const formulas = Object.values(FORMULAS[key]).join(" ");
  return Object.entries(metricOf(key).parts).flatMap(([name, part]) =>
    Object.entries(AGGREGATES).flatMap(([suffix, make]) => {
      const column = `${sqlName(name)}_${suffix}`;
      return new RegExp(`\\b${column}\\b`).test(formulas) ? [`${make(conditionOf(part))} as ${column}`] : [];
    }),
  );
}

/** The matched difference (§7 metric 3): by cell, weighted by its credited deals. */
const MATCHED = `
left join lateral (
  select sum((c.direct - c.credited) * c.deals) as weighted, sum(c.deals) as credited from (
    select ${median("d.cycle_days", conditionOf(metricOf("cycleReduction").parts.matchedDirect!))} as direct,
      ${median("d.cycle_days", conditionOf(metricOf("cycleReduction").parts.matchedCredited!))} as credited,
      count(*) filter (where ${conditionOf(metricOf("cycleReduction").parts.matchedCredited!)}) as deals
    from bi.quarter_deals d where d.quarter = q.quarter group by d.cell) c
  where c.direct is not null and c.credited is not null) m on true`;

const COSTS = `
left join lateral (
  select ${(["partner_program", "direct_sales"] as const)
    .map((side) => {
      const isSide = `c.side = '${side}'`;
      const made = `sum(c.amount_reporting) filter (where ${isSide})`;
      const name = side === "partner_program" ? "program_cost" : "direct_cost";
      return `case when bool_and(c.amount_reporting is not null) filter (where ${isSide}) then ${made} end as ${name}`;
    })
    .join(", ")}
  from bi.costs c where c.quarter = q.quarter) k on true`;

function viewOf(key: MetricKey): string {
  const { figures } = namedOf(key);
  const formulas = FORMULAS[key] as Readonly<Record<string, string>>;
  const view = `bi.${sqlName(key)}`;
  const columns = figures.map((figure) => `${formulas[figure.key]} as ${figure.column}`);
  return `
create view ${view} as
select q.quarter, q.from_day, q.to_day, q.is_frozen, q.reporting_currency,
  ${columns.join(",\n  ")}
from bi.quarters q
left join lateral (
  select ${aggregatesOf(key).join(",\n    ")}
  from bi.quarter_deals d where d.quarter = q.quarter) n on true${key === "cycleReduction" ? MATCHED : ""}${key === "costPerPartnerDollar" ? COSTS : ""};
comment on view ${view} is ${quoted(`${namedOf(key).name}. ${namedOf(key).formula}. Version ${namedOf(key).version}.`)};
${figures
  .map(
    ({ column, name, unit, opens }) =>
      `comment on column ${view}.${column} is ${quoted(`${name} (${unit}). Opens to: ${opens}.`)};`,
  )
  .join("\n")}`;
}

/** Every figure of every quarter as a line, for tools that prefer them so. */
function figuresView(): string {
  const lines = KEYS.map((key) => {
    const values = namedOf(key).figures.map(
      ({ key: figure, column }) => `('${figure}', n.${column}::float8)`,
    );
    return `select n.quarter, '${key}' as metric, v.figure, v.value from bi.${sqlName(key)} n cross join lateral (values ${values.join(", ")}) v (figure, value)`;
  });
  return `create view bi.figures as\n${lines.join("\nunion all\n")};`;
}

/** The deals that each part of each number is made of. */
function opensToView(): string {
  const parts = KEYS.flatMap((key) =>
    Object.entries(metricOf(key).parts).map(([name, part]) => ({ key, name, part })),
  );
  const matched = parts.filter(({ part }) => part.matchedWith !== undefined);
  const others = matched.map(({ key, part, name }) => {
    const other = metricOf(key).parts[part.matchedWith!] as Part;
    return `bool_or(${conditionOf(other, "a")}) over (partition by a.quarter, a.cell) as ${sqlName(name)}_in_cell`;
  });
  const values = parts.map(({ key, name, part }) => {
    const inCell = part.matchedWith === undefined ? "" : ` and d.${sqlName(name)}_in_cell`;
    return `('${key}', '${name}', ${quoted(part.name)}, ${conditionOf(part)}${inCell})`;
  });
  return `create view bi.opens_to as
select d.quarter, v.metric, v.part, v.name, d.deal_id, d.evidence, d.amount_reporting, d.cycle_days
from (select a.*, ${others.join(", ")} from bi.quarter_deals a) d
cross join lateral (values
  ${values.join(",\n  ")}) v (metric, part, name, holds)
where v.holds;`;
}

function catalogueView(): string {
  const lines = CATALOGUE.flatMap(({ key, name, formula, source, owner, version, view, figures }) =>
    figures.map((figure) => {
      const texts = [
        key,
        name,
        figure.key,
        figure.name,
        figure.unit,
        figure.opens,
        formula,
        source,
        owner,
      ].map(quoted);
      const place = [view, figure.column].map((text) => (text === null ? "null" : quoted(text)));
      return `(${[...texts, version, ...place].join(", ")})`;
    }),
  );
  return `create view bi.catalogue as select * from (values
  ${lines.join(",\n  ")})
  c (metric, metric_name, figure, figure_name, unit, opens_to, formula, source, owner, version, view_name, column_name);`;
}

/** Everything in the schema, as statements that make it anew. */
export const VIEWS_SQL: string = [
  ...BASE_VIEWS,
  ...KEYS.map(viewOf),
  figuresView(),
  opensToView(),
  catalogueView(),
].join("\n");

/** What the schema says of itself, so that a start knows whether it is of this version. */
export const VIEWS_MARK = `Countersign's numbers for BI, read-only (docs/sql-views.md). ${createHash("sha256").update(VIEWS_SQL).digest("hex")}`;
