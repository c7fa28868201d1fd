import type { Outcome } from "../../attribution/vocabulary";
import { GRADE_WORDS } from "../../attribution/words";
import { EVIDENCE_ORDER } from "../../metrics/evidence-split";
import type { FigureReport, MetricReport } from "../../metrics/quarter-report";
import { ratio } from "../../metrics/value";
import { intervalText, numberText } from "../../metrics/value-text";
import { OUTCOME_COLOURS } from "../palette";
import { metricNotes, STANDS, sidesText } from "./numbers-text";
import type { Review, ReviewPack } from "./pack";
import { type Block, type Cell, type Row, type Table, textCell, valueCell } from "./section";

/** Names the deals behind a part of a number. */
export const behindKey = (metric: string, part: string) => `${metric}.${part}`;

/** The same quarter a year before is the fifth from the end of every series. */
export const yearBeforeOf = ({ headline }: Review): string => headline[0]?.series.at(-5)?.quarter ?? "";

const BUCKET_OF_ALL = "all";

export function bucketBlocks(metric: MetricReport, review: Review, drawsPrior: boolean): Block[] {
  const { prior, quarter } = review;
  const all = metric.figures.find(({ key }) => key === BUCKET_OF_ALL);
  const buckets = metric.figures.filter(({ key }) => key !== BUCKET_OF_ALL);
  const cells = (figure: FigureReport): Cell[] => [
    textCell(figure.name),
    valueCell(figure.opens[0]?.deals ?? 0, "deals"),
    valueCell(figure.value, "money"),
    valueCell(all ? ratio(figure.value, all.value, "no_pipeline") : figure.value, "share"),
    valueCell(figure.prior, "money"),
    valueCell(figure.yearBefore, "money"),
  ];
  return [
    {
      block: "chart",
      title: drawsPrior ? `${quarter.label} against ${prior}` : quarter.label,
      unit: "money",
      categories: buckets.map(({ key, name }) => ({ name, colour: colourOf(key) })),
      series: [
        { name: quarter.label, values: buckets.map(({ value }) => value) },
        ...(drawsPrior ? [{ name: prior, values: buckets.map((figure) => figure.prior) }] : []),
      ],
    },
    {
      block: "table",
      title: null,
      columns: [
        { name: "Bucket", width: 20 },
        { name: "Deals", width: 9, align: "right" },
        { name: quarter.label, width: 18, align: "right" },
        { name: "Share", width: 11, align: "right" },
        { name: prior, width: 18, align: "right" },
        { name: yearBeforeOf(review), width: 18, align: "right" },
      ],
      rows: buckets.map((figure) => ({
        cells: cells(figure),
        colour: colourOf(figure.key),
        opens: behindKey(metric.key, figure.opens[0]?.part ?? ""),
      })),
      total: all && cells(all),
      empty: "The policy's model has no buckets.",
      note: `${metric.formula}.`,
    },
  ];
}

const colourOf = (bucket: string) =>
  bucket in OUTCOME_COLOURS ? OUTCOME_COLOURS[bucket as Outcome] : OUTCOME_COLOURS.none;

/** The figures of metrics, each with all that it takes to trust it. */
export function figuresTable(metrics: readonly MetricReport[], title: string, review: Review): Table {
  const { prior, quarter, reportingCurrency } = review;
  const rowsOf = (metric: MetricReport): Row[] =>
    metric.figures.map(({ name, value, unit, interval, opens, benchmark, ...past }) => ({
      cells: [
        textCell(name),
        valueCell(value, unit),
        interval ? textCell(intervalText(interval, unit, reportingCurrency)) : null,
        valueCell(past.prior, unit),
        valueCell(past.yearBefore, unit),
        benchmark ? textCell(`${benchmark.words}: ${STANDS[benchmark.stands ?? "none"]}`) : null,
        opens.length > 0
          ? textCell(opens.map(({ deals }) => numberText(deals, "deals", "")).join(" / "))
          : null,
      ],
      opens: opens[0] && behindKey(metric.key, opens[0].part),
    }));
  return {
    block: "table",
    title,
    columns: [
      { name: "Figure", width: 25 },
      { name: quarter.label, width: 16, align: "right" },
      { name: "95 % interval", width: 17, align: "right" },
      { name: prior, width: 16, align: "right" },
      { name: yearBeforeOf(review), width: 16, align: "right" },
      { name: "Benchmark", width: 17 },
      { name: "Deals", width: 12, align: "right" },
    ],
    rows: metrics.flatMap(rowsOf),
    empty: "",
    note: metrics.flatMap(noteLines).join(" "),
  };
}

/** Every amount by who stands behind it; a row's parts add up to its amount. */
export function evidenceTable(metrics: readonly MetricReport[]): Table {
  const rowsOf = (metric: MetricReport): Row[] =>
    metric.figures.flatMap(({ name, value, evidence }) => {
      if (!evidence) return [];
      const of = new Map(evidence.map((share) => [share.evidence, share.amount]));
      const parts = EVIDENCE_ORDER.map((grade) => valueCell(of.get(grade) ?? 0, "money"));
      return [{ cells: [textCell(metric.name), textCell(name), valueCell(value, "money"), ...parts] }];
    });
  return {
    block: "table",
    title: null,
    columns: [
      { name: "Number", width: 20 },
      { name: "Amount of", width: 16 },
      { name: "Amount", width: 14, align: "right" },
      ...EVIDENCE_ORDER.map((grade) => ({
        name: grade ? GRADE_WORDS[grade].label : "No credit",
        width: 14,
        align: "right" as const,
      })),
    ],
    rows: metrics.flatMap(rowsOf),
    empty: "No amount of this quarter rests on a partner.",
    note: EVIDENCE_ORDER.flatMap((grade) =>
      grade ? [`${GRADE_WORDS[grade].label}: ${lowerFirst(GRADE_WORDS[grade].definition)}`] : [],
    ).join(" "),
  };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function noteLines(metric: MetricReport): string[] {
  const sides = sidesText(metric);
  const formula = `${metric.formula}.`;
  return [formula, ...(sides ? [`Compared: ${sides}.`] : []), ...metricNotes(metric)];
}

const SIDE_NAMES = { partner_program: "Partner program", direct_sales: "Direct sales" } as const;

/** The costs that were entered, then what was said to have none. */
export function costsTable(costs: ReviewPack["costs"], noCosts: ReviewPack["noCosts"]): Table {
  return {
    block: "table",
    title: "Costs",
    columns: [
      { name: "Side", width: 30 },
      { name: "Category", width: 40 },
      { name: "Amount", width: 30, align: "right" },
    ],
    rows: [
      ...costs.map(
        ({ side, category, amount, currency }): Row => ({
          cells: [textCell(SIDE_NAMES[side]), textCell(category), { is: "money", amount, currency }],
        }),
      ),
      ...noCosts.map(
        ({ side, category }): Row => ({
          cells: [textCell(SIDE_NAMES[side]), textCell(category), textCell("none, as finance said")],
        }),
      ),
    ],
    empty: "No costs are stored for this quarter.",
  };
}

export function exceptionsTable({ exceptions: { open, deferred, settled, grayShare } }: Review): Table {
  const { gray, closed, share, limit } = grayShare;
  return {
    block: "table",
    title: null,
    columns: [
      { name: "Settled", width: 15, align: "right" },
      { name: "Deferred", width: 15, align: "right" },
      { name: "Open", width: 15, align: "right" },
      { name: "Gray deals closed", width: 20, align: "right" },
      { name: "All deals closed", width: 20, align: "right" },
      { name: `Gray share, limit ${numberText(limit, "share", "")}`, width: 24, align: "right" },
    ],
    rows: [
      {
        cells: [
          ...[settled, deferred, open, gray, closed].map((count) => valueCell(count, "deals")),
          valueCell(share ?? { undefined: "no_closed" }, "share"),
        ],
      },
    ],
    empty: "",
  };
}

/** Where the pack is signed by hand: the three who sign the policy. */
export function signaturesTable(): Table {
  return {
    block: "table",
    title: null,
    columns: [
      { name: "For", width: 28 },
      { name: "Name", width: 26 },
      { name: "Day", width: 16 },
      { name: "Signature", width: 30 },
    ],
    rows: ["Finance (CFO)", "Sales (CRO)", "Partnerships"].map((seat) => ({
      cells: [textCell(seat), null, null, null],
    })),
    isTall: true,
    empty: "",
  };
}
