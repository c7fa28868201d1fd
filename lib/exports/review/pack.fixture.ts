// Long: one quarter of one company in full, whose every figure the three formats are held to.
import type { Day } from "../../attribution/facts";
import { isCredited } from "../../attribution/models";
import { PRESETS } from "../../attribution/policy";
import { type DealOutcome, type DealType, GRADES, type Outcome } from "../../attribution/vocabulary";
import { addDays, CALENDAR_YEAR, daysBetween, parseQuarter } from "../../calendar";
import type { CostRow, JudgedDeal } from "../../metrics/judged-deal";
import type { QuarterInput } from "../../metrics/quarter-input";
import { dealsOf, HEADLINE_METRICS, type MetricKey, metricOf } from "../../metrics/quarter-numbers";
import { type MetricReport, quarterReport, reportedQuarters } from "../../metrics/quarter-report";
import { isDefined } from "../../metrics/value";
import { toReporting } from "../../money";
import type { ExceptionRow, ReviewPack } from "./pack";

/** A quarter of a company that sells in two currencies, counted by the real definitions. */

export const QUARTER = parseQuarter("2026-Q1");
const QUARTERS = reportedQuarters(QUARTER, CALENDAR_YEAR);
export const DIGEST = "9f2c".repeat(16);
const POLICY = PRESETS.two_bucket;
const RATE = "1.0835";

/** Names that a spreadsheet could take for formulas, a PDF for letters it lacks, XML for markup. */
const ACCOUNTS = [
  "Larkfield Foods",
  '=HYPERLINK("http://evil.test","Halden")',
  "+1 Logistics",
  "@Work GmbH",
  "-Minus & Söhne <AG>",
  "Żółta Łódź",
  "Οδός Α.Ε.",
  "Мир Техника",
  "Northgate Water",
];
const ATTRIBUTIONS: Outcome[] = [
  "sourced",
  "influenced",
  "none",
  "none",
  "influenced",
  "none",
  "sourced",
  "none",
];
const OUTCOMES: DealOutcome[] = ["won", "lost", "won", "open", "won", "lost", "won"];
const TYPES: DealType[] = ["new", "expansion", "new", "renewal"];
const FIRST: Day = "2024-01-05";

function dealAt(at: number): JudgedDeal {
  const createdOn = addDays(FIRST, at * 2);
  const outcome = OUTCOMES[at % OUTCOMES.length] as DealOutcome;
  const attribution = ATTRIBUTIONS[at % ATTRIBUTIONS.length] as Outcome;
  const cycle = (attribution === "none" ? 61 : 38) + ((at * 7) % 29);
  const closedOn = addDays(createdOn, at % 131 === 130 ? -3 : cycle);
  const isClosed = outcome !== "open" && closedOn <= QUARTER.to;
  return {
    id: `D-${String(at).padStart(4, "0")}`,
    amount: 1_250_000 + ((at * 7919) % 83) * 137_501,
    currency: at % 5 === 0 ? "EUR" : "USD",
    type: TYPES[at % TYPES.length] as DealType,
    route: "direct",
    createdOn,
    closedOn: isClosed ? closedOn : null,
    outcome: isClosed ? outcome : "open",
    owner: at % 3 === 0 ? "Ana Ruiz" : "Ben Okafor",
    attribution,
    evidence: isCredited(attribution) ? GRADES[at % GRADES.length]! : null,
    confirmedBeforeClose: at % 4 !== 0,
    engagedOn: at % 2 === 0 ? [addDays(createdOn, 3), addDays(createdOn, 20)] : [],
  };
}

const deals = Array.from({ length: 400 }, (_, at) => dealAt(at)).filter(
  ({ createdOn }) => createdOn <= QUARTER.to,
);
const costs: CostRow[] = QUARTERS.flatMap(({ label }, nth) => [
  {
    quarter: label,
    side: "partner_program",
    category: "headcount",
    amount: 14_200_000 + nth * 310_050,
    currency: "USD",
  },
  { quarter: label, side: "partner_program", category: "technology", amount: 2_100_000, currency: "EUR" },
  {
    quarter: label,
    side: "direct_sales",
    category: "headcount",
    amount: 41_500_000 + nth * 500_000,
    currency: "USD",
  },
]);

function inputOf({ label }: { label: string }): QuarterInput {
  return {
    deals,
    costs,
    policy: POLICY,
    rates: { quarter: label, reporting: "USD", perUnit: { EUR: RATE } },
  };
}

const KEYS = [
  "pipelineByBucket",
  "revenueByBucket",
  "newSourcedLeads",
  "aeAdoption",
  "engagementFrequency",
  ...HEADLINE_METRICS,
] as const satisfies MetricKey[];

/** As the query answers: without the buckets that the model does not have. */
function known(metric: MetricReport): MetricReport {
  const figures = metric.figures.filter(({ value, prior }) => isDefined(value) || isDefined(prior));
  return { ...metric, figures };
}

/** The pack of that quarter; frozen and signed unless told otherwise. */
export function samplePack({ frozen = true, signed = true } = {}): ReviewPack {
  const { metrics } = quarterReport(inputOf, QUARTERS, KEYS);
  const { rates } = inputOf(QUARTER);
  const inQuarter = (day: Day) => day >= QUARTER.from && day <= QUARTER.to;
  return {
    company: "Meridian Systems",
    made: null,
    costs: costs.filter(({ quarter }) => quarter === QUARTER.label),
    noCosts: [{ side: "partner_program", category: "travel" }],
    review: {
      quarter: QUARTER,
      prior: QUARTERS.at(-2)!.label,
      state: frozen ? "frozen" : "over",
      seal: frozen
        ? {
            digest: DIGEST,
            at: "2026-04-16T14:05:00.000Z",
            asOf: "2026-04-15",
            by: "Fay Chen",
            closed: 61,
            prepared: { by: "Hope Adler", at: "2026-04-15T09:30:00.000000Z" },
          }
        : null,
      asOf: "2026-04-15",
      policy: {
        hash: "ab12".repeat(16),
        model: "two_bucket",
        signed: signed
          ? {
              title: "Partner attribution memo",
              number: 1,
              on: "2025-12-12",
              by: [{ name: "Carl Moss" }, { name: "Fay Chen" }, { name: "Hope Adler" }],
            }
          : null,
      },
      reportingCurrency: "USD",
      pipeline: known(metrics.pipelineByBucket),
      revenue: known(metrics.revenueByBucket),
      economics: metrics.costPerPartnerDollar,
      indicators: [metrics.newSourcedLeads, metrics.aeAdoption, metrics.engagementFrequency],
      headline: HEADLINE_METRICS.map((key) => metrics[key]),
      exceptions: {
        rows: EXCEPTIONS,
        open: 0,
        deferred: 1,
        settled: EXCEPTIONS.length - 1,
        grayShare: { gray: 3, closed: 61, share: 3 / 61, limit: 0.05 },
      },
      corrections: {
        rows: [
          {
            quarter: "2025-Q4",
            dealId: "D-0271",
            reason: "The signed order says another amount.",
            proposedBy: { name: "Hope Adler" },
            acceptedBy: { name: "Fay Chen" },
            sealed: { account: "Larkfield Foods", amount: 2_350_008, currency: "USD", outcome: "sourced" },
            corrected: { account: "Larkfield Foods", amount: 2_200_000, currency: "USD", outcome: "none" },
          },
        ],
        numbers: [
          {
            quarter: "2025-Q4",
            name: "Influenced win rate",
            unit: "share",
            sealed: 0.625,
            corrected: 0.6,
          },
        ],
      },
      meeting: {
        ask: "Two partner managers and USD 180,000 of joint marketing money for the next two quarters.\nSourced pipeline grew while its cost per dollar stayed below direct; a third of it waits for a second meeting that nobody has time to hold.",
        askBy: { name: "Hope Adler" },
        facilitator: { name: "Hope Adler" },
        minutes:
          "Opened 14:00. Carl asked why Halden is not sourced: the registration came 9 days after our own first touch.\nFay asks for the costs of events by region from next quarter on.\nAll exceptions settled but one, deferred to the CRM clean-up.",
      },
    },
    behind: KEYS.flatMap((metric) => {
      const { name: metricName, parts } = metricOf(metric);
      const opened = new Set(
        known(metrics[metric]).figures.flatMap(({ opens }) => opens.map(({ part }) => part)),
      );
      return Object.entries(parts)
        .filter(([part]) => opened.has(part) || dealsOf(metric, part, deals, QUARTER).length > 0)
        .map(([part, { name }]) => ({
          metric,
          metricName,
          part,
          name,
          deals: dealsOf(metric, part, deals, QUARTER).map((deal) => ({
            ...deal,
            account: ACCOUNTS[Number(deal.id.slice(2)) % ACCOUNTS.length] as string,
            reporting: toReporting(deal.amount, deal.currency, rates),
            days: deal.closedOn === null ? null : daysBetween(deal.createdOn, deal.closedOn),
            activities: (deal.engagedOn ?? []).filter(inQuarter).length,
          })),
        }));
    }),
  };
}

const hope = { name: "Hope Adler" };
const fay = { name: "Fay Chen" };
const exception = (over: Partial<ExceptionRow>): ExceptionRow => ({
  kind: "late_record",
  label: "Late record",
  dealId: "D-0381",
  account: "=cmd|' /C calc'!A0",
  amount: 7_920_091,
  currency: "USD",
  partner: { name: "Northgate" },
  claim: null,
  raisedBy: null,
  owner: { name: "Pam Lind" },
  openedOn: "2026-03-02",
  ageDays: 41,
  state: "decided",
  deferred: null,
  votes: [
    {
      side: "finance",
      by: fay,
      decision: "rule_upheld",
      partner: null,
      outcome: null,
      reason: "The row came eleven days after the close, and nothing from before it names the partner.",
    },
    {
      side: "partnerships",
      by: hope,
      decision: "rule_upheld",
      partner: null,
      outcome: null,
      reason: "Agreed.",
    },
  ],
  settled: { by: "rule_upheld", on: "2026-04-14" },
  clause: "edge-cases.late-tagging",
  ...over,
});

const EXCEPTIONS: ExceptionRow[] = [
  exception({}),
  exception({
    kind: "shared_origin",
    label: "Shared origin",
    dealId: "D-0394",
    account: "Żółta Łódź",
    currency: "EUR",
    amount: 11_250_050,
    clause: "edge-cases.shared-origin",
    partner: null,
    votes: [
      {
        side: "finance",
        by: fay,
        decision: "learning",
        partner: null,
        outcome: null,
        reason: "Both brought it; the memo should say who leads.",
      },
      {
        side: "partnerships",
        by: hope,
        decision: "learning",
        partner: null,
        outcome: null,
        reason: "For the amendment.",
      },
    ],
    settled: { by: "learning", on: "2026-04-14" },
  }),
  exception({
    kind: "other",
    label: "Other",
    dealId: "D-0388",
    account: "Northgate Water",
    claim: "Halden ran the security review that the deal hung on; it is logged under the wrong deal.",
    raisedBy: { name: "Paul Meyer" },
    partner: { name: "Halden" },
    clause: null,
    votes: [
      {
        side: "finance",
        by: fay,
        decision: "ruling",
        partner: { name: "Halden" },
        outcome: "influenced",
        reason: "Calendar and recording shown in the meeting.",
      },
      {
        side: "partnerships",
        by: hope,
        decision: "ruling",
        partner: { name: "Halden" },
        outcome: "influenced",
        reason: "Seen, too.",
      },
    ],
    settled: { by: "ruling", on: "2026-04-14" },
  }),
  exception({
    kind: "recreated",
    label: "Re-created",
    dealId: "D-0399",
    account: "Мир Техника",
    state: "deferred",
    deferred: { to: { name: "Rita Vale" }, until: "2026-05-15" },
    votes: [],
    settled: null,
    clause: "edge-cases.recreated",
  }),
];
