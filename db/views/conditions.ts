import { DEAL_CLASSES, type DealClass } from "../../lib/metrics/deal-class";
import { classesOfPart, type Part } from "../../lib/metrics/sheet";
import type { Population } from "../../lib/metrics/tally";

/** The columns of bi.quarter_deals by which a number selects deals, as deal-class.ts has them. */
const COLUMNS = {
  attribution: "outcome",
  outcome: "state",
  confirmedBeforeClose: "confirmed_before_close",
  hasCycle: "has_cycle",
} as const satisfies Partial<Record<keyof DealClass, string>>;
type Dimension = keyof typeof COLUMNS;
const DIMENSIONS = Object.keys(COLUMNS) as Dimension[];

export const POPULATION_COLUMNS: Readonly<Record<Population, string>> = {
  created: "is_created",
  closed: "is_closed",
  openAtEnd: "is_open_at_end",
};

const literal = (value: DealClass[Dimension]) => (typeof value === "boolean" ? `${value}` : `'${value}'`);
const valuesOf = (classes: readonly DealClass[], dimension: Dimension) =>
  new Set(classes.map((one) => one[dimension]));

/**
 * Which deals of bi.quarter_deals (named `d`) a part keeps, as SQL made from its definition: its population, and each
 * column that its classes narrow. Refuses a part whose classes are no such product, which SQL would have to list.
 */
export function conditionOf(part: Part, table = "d"): string {
  const kept = classesOfPart(part).map((key) => DEAL_CLASSES.get(key)!);
  const all = [...DEAL_CLASSES.values()];
  const wanted = DIMENSIONS.map((dimension) => [dimension, valuesOf(kept, dimension)] as const);
  const product = all.filter((one) => wanted.every(([dimension, values]) => values.has(one[dimension])));
  if (product.length !== kept.length) throw new RangeError(`${part.name} selects no product of columns`);
  const narrowing = wanted
    .filter(([dimension, values]) => values.size < valuesOf(all, dimension).size)
    .map(([dimension, values]) => `${table}.${COLUMNS[dimension]} ${isIn([...values].map(literal))}`);
  return [`${table}.${POPULATION_COLUMNS[part.population]}`, ...narrowing].join(" and ");
}

function isIn(values: readonly string[]): string {
  return values.length === 1 ? `= ${values[0]}` : `in (${values.join(", ")})`;
}
