import {
  DEAL_OUTCOME_LABELS,
  DEAL_TYPE_LABELS,
  MODEL_WORDS,
  OUTCOME_WORDS,
  ROUTE_LABELS,
} from "../../attribution/words";
import { dayOfInstant } from "../../company-day";
import { sumMinor } from "../../money";
import { dayInWords, spanInWords } from "../../text/days";
import { unsignedPart } from "../../text/unsigned";
import { count } from "../../text/words";
import { casesOf } from "./cases";
import { correctionsSection } from "./corrections";
import type { PartDeals, Review, ReviewPack } from "./pack";
import type { Block, Cover, DealsBehind, PackDocument, Section } from "./section";
import {
  behindKey,
  bucketBlocks,
  costsTable,
  evidenceTable,
  exceptionsTable,
  figuresTable,
  signaturesTable,
  yearBeforeOf,
} from "./tables";

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

function coverOf({ company, made, review }: ReviewPack): Cover {
  const { seal, policy, quarter, state } = review;
  const unsigned = unsignedPart(policy.unsignedBefore ?? null, quarter);
  const signers = policy.signed?.by.map(({ name }) => name).join(", ");
  return {
    company,
    title: "Quarterly review",
    quarter: quarter.label,
    days: spanInWords(quarter),
    digest: seal?.digest ?? null,
    at: seal?.at ?? review.asOf,
    policyHash: policy.hash,
    states: [
      {
        name: "Quarter",
        text: seal
          ? `Frozen on ${dayInWords(seal.asOf)} by ${seal.by}: ${count(seal.closed, "closed deal")} sealed`
          : state === "over"
            ? "Over and not frozen: these numbers may still change"
            : "Under way: these numbers will change",
        loud: seal === null,
      },
      ...(seal
        ? [
            {
              name: "Prepared",
              text: `By ${seal.prepared.by} on ${dayInWords(dayOfInstant(seal.prepared.at, "UTC"))}, UTC`,
              loud: false,
            },
            { name: "Digest (SHA-256)", text: seal.digest, loud: false },
          ]
        : []),
      {
        name: "Policy",
        text: policy.signed
          ? `${policy.signed.title}, ${MODEL_WORDS[policy.model].label.toLowerCase()}: signed on ${dayInWords(policy.signed.on)} by ${signers}${unsigned ? `. ${unsigned.sentence}` : ""}`
          : `Draft, ${MODEL_WORDS[policy.model].label.toLowerCase()}: not signed, so every number here is provisional`,
        loud: policy.signed === null || unsigned !== null,
      },
      { name: "Policy hash", text: policy.hash, loud: false },
      {
        name: "Facts",
        text: `As of ${dayInWords(seal?.asOf ?? review.asOf)}; amounts in ${review.reportingCurrency} at the quarter's own rates`,
        loud: false,
      },
      ...(made ? [{ name: "Made", text: `By ${made.by} on ${dayInWords(made.on)}`, loud: false }] : []),
    ],
  };
}

function sectionsOf({ review, costs, noCosts }: ReviewPack): Section[] {
  const { meeting } = review;
  const corrections = correctionsSection(review.corrections);
  return [
    ...numbersSections(review, costs, noCosts),
    {
      title: "The investment ask",
      lede: "Written by the head of partnerships, tied to the numbers of this pack.",
      blocks: [prose(meeting?.ask, meeting?.askBy?.name ?? null, "No ask was written for this quarter.")],
    },
    {
      title: "Exceptions",
      lede: "What was contested, what it came to and who decided: finance and partnerships, both.",
      blocks: [exceptionsTable(review), casesOf(review.exceptions.rows)],
    },
    ...(corrections ? [corrections] : []),
    {
      title: "Minutes",
      lede: "What the meeting said.",
      blocks: [
        prose(
          meeting?.minutes,
          meeting?.facilitator ? `Facilitated by ${meeting.facilitator.name}` : null,
          "No minutes were written for this quarter.",
        ),
      ],
    },
    {
      title: "Figures in full",
      lede: "Each of the four numbers with its parts, intervals, benchmarks and sample sizes.",
      blocks: review.headline.map((metric) => figuresTable([metric], metric.name, review)),
    },
    {
      title: "Signatures",
      lede: "Who has read this pack, by hand. The freeze itself is under its digest.",
      blocks: [signaturesTable()],
    },
  ];
}

/** What the quarter came to, from the four numbers down to what leads the next ones. */
function numbersSections(
  review: Review,
  costs: ReviewPack["costs"],
  noCosts: ReviewPack["noCosts"],
): Section[] {
  const { prior, headline, pipeline, revenue, economics, indicators } = review;
  return [
    {
      title: "The four numbers",
      lede: "Is the programme worth funding, and how far can that be trusted?",
      blocks: [{ block: "numbers", metrics: [...headline], prior, yearBefore: yearBeforeOf(review) }],
    },
    {
      title: "Pipeline created",
      lede: "Every deal created in the quarter, each once, in the bucket of its own outcome.",
      blocks: bucketBlocks(pipeline, review, false),
    },
    {
      title: "Revenue closed",
      lede: `Every deal won in the quarter, each once, in the bucket of its own outcome, against ${prior}.`,
      blocks: bucketBlocks(revenue, review, true),
    },
    {
      title: "Evidence",
      lede: "Who stands behind each amount: another system, two people, or one.",
      blocks: [evidenceTable([...headline, pipeline, revenue])],
    },
    {
      title: "Program economics",
      lede: "What a partner dollar costs, fully loaded, beside a direct one.",
      blocks: [figuresTable([economics], economics.name, review), costsTable(costs, noCosts)],
    },
    {
      title: "Leading indicators",
      lede: "What the next quarters are made of.",
      blocks: [{ block: "trends", metrics: [...indicators] }, figuresTable(indicators, "Figures", review)],
    },
  ];
}

/** What somebody wrote, and who; in words where nobody did. */
const prose = (text: string | null | undefined, by: string | null, empty: string): Block => ({
  block: "prose",
  title: null,
  text: text ?? "",
  by,
  empty,
});

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
