import { canonicalJson } from "@/lib/attribution/canonical";
import { classify } from "@/lib/attribution/classify";
import { type Difference, differs, firstDifference } from "@/lib/attribution/json-difference";
import { rowOf } from "@/lib/judging/projection-row";
import { projectDeal } from "@/lib/metrics/projected-deal";
import { QuarterTally } from "@/lib/metrics/tally";
import type { SealedDocument, SealHeader } from "./seal";
import { countSeal, isOfQuarter, sealedCounting, sealLine } from "./seal";
import { grayOf } from "./sealed-cases";
import { sealTally } from "./sealed-tally";

/** A sealed deal as it is stored. */
export interface StoredDeal {
  dealId: string;
  document: string;
  /** Its other columns, as JSON. */
  projection: Record<string, unknown>;
}

/**
 * Recomputes a sealed quarter from its facts, a deal at a time: classifies each again under its sealed
 * policy, and at the end counts the numbers again. Memory holds the tally, and one amount a closed deal.
 */
export class SealCheck {
  private readonly header: SealHeader;
  private readonly tally: QuarterTally;
  private deals = 0;
  private readonly closed = new Set<string>();
  private last: string | null = null;

  constructor(
    private readonly line: string,
    /** SHA-256 over a text in UTF-8, hexadecimal. */
    private readonly sha256: (text: string) => string,
  ) {
    this.header = JSON.parse(line) as SealHeader;
    this.tally = new QuarterTally(this.header.quarter, sealedCounting(this.header).rates);
  }

  /** The header alone: canonical, and its policies those that their hashes name. */
  checkHeader(): Difference | null {
    const off = differs("header", this.line, sealLine(this.header));
    if (off) return off;
    for (const [hash, policy] of Object.entries(this.header.policies)) {
      const found = differs(`policies.${hash}`, hash, this.sha256(canonicalJson(policy)));
      if (found) return found;
    }
    return null;
  }

  /** The next deal, in order of id. */
  checkDeal({ dealId, document: text, projection }: StoredDeal): Difference | null {
    const document = JSON.parse(text) as SealedDocument;
    const { facts } = document;
    const policy = this.header.policies[document.policyHash];
    if (!policy)
      return { at: `${dealId} policyHash`, kept: document.policyHash, recomputed: "no such policy" };
    const result = classify(policy, facts);
    const again = { ...document, result };
    const recomputed = projectDeal(again);
    const inQuarter = isOfQuarter(facts.deal, this.header.quarter);
    const found =
      differs(`${dealId} id`, dealId, facts.deal.id) ??
      // A deal that another frozen quarter holds is in this one as it is in that, of an earlier day.
      differs(`${dealId} asOf`, "not later", facts.asOf <= this.header.asOf ? "not later" : facts.asOf) ??
      firstDifference(`${dealId} result`, document.result, result) ??
      differs(`${dealId} document`, text, sealLine(again)) ??
      firstDifference(`${dealId} projection`, projection, rowOf(recomputed)) ??
      // A deal that another frozen quarter holds has the names of that one's day.
      (facts.asOf === this.header.asOf
        ? firstDifference(`${dealId} partners`, names(document), named(document, this.header))
        : null) ??
      differs(`${dealId} belongs to the quarter`, "true", String(inQuarter)) ??
      differs(
        `${dealId} comes after the deal before`,
        "true",
        String(this.last === null || this.last < dealId),
      );
    this.last = dealId;
    this.tally.add(recomputed);
    this.deals += 1;
    const { closedOn } = facts.deal;
    const { from, to } = this.header.quarter;
    if (closedOn !== null && closedOn >= from && closedOn <= to) this.closed.add(dealId);
    return found;
  }

  /** After the last deal: their number, the stored tally and every number of the quarter. */
  checkNumbers(storedTally: string): Difference | null {
    const { header, tally } = this;
    const counted = countSeal({ ...sealedCounting(header), tally }, header.quarter);
    return (
      differs("deals", String(header.deals), String(this.deals)) ??
      firstDifference("numbers", header.numbers, counted.numbers) ??
      firstDifference("figures", header.figures, counted.figures) ??
      firstDifference("report", shownFigures(header), pickedFigures(header, counted.figures)) ??
      differs("closed", String(header.closed), String(this.closed.size)) ??
      firstDifference("gray", header.gray, grayOf(header.exceptions, this.closed)) ??
      differs("tally", storedTally, sealTally(tally))
    );
  }
}

/** The figures that are shown, by metric, and the same as they were counted. */
const shownFigures = ({ report }: SealHeader) =>
  Object.fromEntries(
    Object.entries(report).map(([metric, { figures }]) => [
      metric,
      Object.fromEntries(figures.map(({ key, value }) => [key, value])),
    ]),
  );
const pickedFigures = ({ report }: SealHeader, counted: SealHeader["figures"]) =>
  Object.fromEntries(
    Object.entries(report).map(([metric, { figures }]) => [
      metric,
      Object.fromEntries(figures.map(({ key }) => [key, counted[metric]?.[key]])),
    ]),
  );

/** The names that a document gives its partners, and those that the header gives them. */
const names = ({ partners }: SealedDocument) => partners;
const named = ({ partners }: SealedDocument, header: SealHeader) =>
  Object.fromEntries(Object.keys(partners).map((id) => [id, header.partners[id] ?? null]));
