import type { Outcome } from "../../attribution/vocabulary";
import {
  DEAL_OUTCOME_LABELS,
  DEAL_TYPE_LABELS,
  MODEL_WORDS,
  OUTCOME_WORDS,
  ROUTE_LABELS,
} from "../../attribution/words";
import type { FigureReport, MetricReport } from "../../metrics/quarter-report";
import { ratio } from "../../metrics/value";
import { intervalText, numberText } from "../../metrics/value-text";
import { sumMinor } from "../../money";
import { dayInWords, spanInWords } from "../../text/days";
import { count } from "../../text/words";
import { OUTCOME_COLOURS } from "../palette";
import { casesOf } from "./cases";
import { metricNotes, STANDS, sidesText } from "./numbers-text";
import type { PartDeals, Review, ReviewPack } from "./pack";
import { restatementTables } from "./restatements";
import {
  type Block,
  type Cell,
  type Cover,
  type DealsBehind,
  type PackDocument,
  type Row,
  type Section,
  type Table,
  textCell,
  valueCell,
} from "./section";

/** The pack laid out in sections, once for every format. Source: domain.md §8.7. */
export function packDocument(pack: ReviewPack): PackDocument {
  const { review } = pack;
  return {
    cover: coverOf(pack),
    reporting: review.reportingCurrency,
    sections: sectionsOf(pack),
    behind: pack.behind.map(dealsBehind),
  };
}

/** Names the deals behind a part of a number. */
export const behindKey = (metric: string, part: string) => `${metric}.${part}`;

function coverOf({ company, review }: ReviewPack): Cover {
  const { seal, policy, quarter, state } = review;
  const signers = policy.signed?.by.map(({ name }) => name).join(", ");
  return {
    company,
    title: "Quarterly review",
    quarter: quarter.label,
    days: spanInWords(quarter),
    digest: seal?.digest ?? null,
    policyHash: policy.hash,
    states: [
      {
        name: "Quarter",
        text: seal
          ? `Frozen on ${dayInWords(seal.at.slice(0, 10))} by ${seal.by}: ${count(seal.deals, "closed deal")} sealed`
          : state === "over"
            ? "Over and not frozen: these numbers may still change"
            : "Under way: these numbers will change",
        loud: seal === null,
      },
      ...(seal ? [{ name: "Digest (SHA-256)", text: seal.digest, loud: false }] : []),
      {
        name: "Policy",
        text: policy.signed
          ? `${policy.signed.title}, ${MODEL_WORDS[policy.model].label.toLowerCase()}: signed on ${dayInWords(policy.signed.on)} by ${signers}`
          : `Draft, ${MODEL_WORDS[policy.model].label.toLowerCase()}: not signed, so every number here is provisional`,
        loud: policy.signed === null,
      },
      { name: "Policy hash", text: policy.hash, loud: false },
      {
        name: "Facts",
        text: `As of ${dayInWords(seal?.asOf ?? review.asOf)}; amounts in ${review.reportingCurrency} at the quarter's own rates`,
        loud: false,
      },
    ],
  };
}

function sectionsOf({ review, costs, restatements }: ReviewPack): Section[] {
  const { prior, meeting } = review;
  const priors = { prior, yearBefore: yearBeforeOf(review) };
  return [
    {
      title: "The four numbers",
      lede: "Is the programme worth funding, and how far can that be trusted?",
      blocks: [{ block: "numbers", metrics: [...review.headline], ...priors }],
    },
    {
      title: "Pipeline created",
      lede: "Every deal created in the quarter, each once, in the bucket of its own outcome.",
      blocks: bucketBlocks(review.pipeline, review, false),
    },
    {
      title: "Revenue closed",
      lede: `Every deal won in the quarter, each once, in the bucket of its own outcome, against ${prior}.`,
      blocks: bucketBlocks(review.revenue, review, true),
    },
    {
      title: "Program economics",
      lede: "What a partner dollar costs, fully loaded, beside a direct one.",
      blocks: [figuresTable([review.economics], review.economics.name, review), costsTable(costs)],
    },
    {
      title: "Leading indicators",
      lede: "What the next quarters are made of.",
      blocks: [
        { block: "trends", metrics: [...review.indicators] },
        figuresTable(review.indicators, "Figures", review),
      ],
    },
    {
      title: "The investment ask",
      lede: "Written by the head of partnerships, tied to the numbers of this pack.",
      blocks: [
        {
          block: "prose",
          title: null,
          text: meeting?.ask ?? "",
          by: meeting?.askBy?.name ?? null,
          empty: "No ask was written for this quarter.",
        },
      ],
    },
    {
      title: "Exceptions",
      lede: "What was contested, what it came to and who decided: finance and partnerships, both.",
      blocks: [exceptionsTable(review), casesOf(review.exceptions.rows)],
    },
    {
      title: "Minutes",
      lede: "What the meeting said.",
      blocks: [
        {
          block: "prose",
          title: null,
          text: meeting?.minutes ?? "",
          by: meeting?.facilitator ? `Facilitated by ${meeting.facilitator.name}` : null,
          empty: "No minutes were written for this quarter.",
        },
      ],
    },
    ...(restatements
      ? [
          {
            title: "Restatements",
            lede: "What changed since the freeze. The sealed number stays the number.",
            blocks: restatementTables(restatements),
          },
        ]
      : []),
    {
      title: "Figures in full",
      lede: "Each of the four numbers with its parts, intervals, benchmarks and sample sizes.",
      blocks: review.headline.map((metric) => figuresTable([metric], metric.name, review)),
    },
  ];
}

/** The same quarter a year before is the fifth from the end of every series. */
const yearBeforeOf = ({ headline }: Review): string => headline[0]?.series.at(-5)?.quarter ?? "";

const BUCKET_OF_ALL = "all";

function bucketBlocks(metric: MetricReport, review: Review, drawsPrior: boolean): Block[] {
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
function figuresTable(metrics: readonly MetricReport[], title: string, review: Review): Table {
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

function noteLines(metric: MetricReport): string[] {
  const sides = sidesText(metric);
  const formula = `${metric.formula}.`;
  return [formula, ...(sides ? [`Compared: ${sides}.`] : []), ...metricNotes(metric)];
}

const SIDE_NAMES = { partner_program: "Partner program", direct_sales: "Direct sales" } as const;

function costsTable(costs: ReviewPack["costs"]): Table {
  return {
    block: "table",
    title: "Costs",
    columns: [
      { name: "Side", width: 30 },
      { name: "Category", width: 40 },
      { name: "Amount", width: 30, align: "right" },
    ],
    rows: costs.map(({ side, category, amount, currency }) => ({
      cells: [textCell(SIDE_NAMES[side]), textCell(category), { is: "money", amount, currency }],
    })),
    empty: "No costs are stored for this quarter.",
  };
}

function exceptionsTable({ exceptions: { open, deferred, settled, grayShare } }: Review): Table {
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

const SHORT_NAMES: Readonly<Record<string, string>> = {
  sourcedPipeline: "Pipeline",
  influencedWinRate: "Win rate",
  cycleReduction: "Cycle",
  costPerPartnerDollar: "Cost",
  pipelineByBucket: "Bucket",
  revenueByBucket: "Bucket",
  newSourcedLeads: "Leads",
  aeAdoption: "Adoption",
  engagementFrequency: "Engaged",
};

function dealsBehind({ metric, metricName, part, name, deals }: PartDeals): DealsBehind {
  return {
    key: behindKey(metric, part),
    name: `${SHORT_NAMES[metric] ?? metricName} ${name}`,
    title: `${metricName}: ${name}`,
    deals: deals.map((deal) => ({
      ...deal,
      type: DEAL_TYPE_LABELS[deal.type],
      route: ROUTE_LABELS[deal.route],
      state: DEAL_OUTCOME_LABELS[deal.outcome],
      outcome: OUTCOME_WORDS[deal.attribution].label,
    })),
    sum: sumMinor(deals.map(({ reporting }) => reporting)),
  };
}
