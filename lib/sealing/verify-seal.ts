import { canonicalJson } from "@/lib/attribution/canonical";
import { classify } from "@/lib/attribution/classify";
import type { SealedDocument, SealedSummary, SealHeader } from "./seal";
import { countSeal, isOfQuarter, sealedInput, sealLine, summaryOf } from "./seal";

/** The first thing in which a recomputed seal is not the stored one. */
export interface Difference {
  /** Where: `D-1 result.outcome`, `numbers.sourcedPipeline.amount`. */
  at: string;
  sealed: string;
  recomputed: string;
}

/** A sealed deal as it is stored. */
export interface StoredDeal {
  dealId: string;
  policyHash: string;
  document: string;
  summary: unknown;
}

/**
 * Recomputes a sealed quarter from its facts, a deal at a time: classifies each again under its sealed
 * policy, and at the end counts the numbers again. Memory holds one summary a deal.
 */
export class SealCheck {
  private readonly header: SealHeader;
  private readonly summaries: SealedSummary[] = [];
  private last: string | null = null;

  constructor(
    private readonly line: string,
    /** SHA-256 over a text in UTF-8, hexadecimal. */
    private readonly sha256: (text: string) => string,
  ) {
    this.header = JSON.parse(line) as SealHeader;
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
  checkDeal({ dealId, policyHash, document: text, summary }: StoredDeal): Difference | null {
    const document = JSON.parse(text) as SealedDocument;
    const { facts } = document;
    const policy = this.header.policies[document.policyHash];
    if (!policy)
      return { at: `${dealId} policyHash`, sealed: document.policyHash, recomputed: "no such policy" };
    const result = classify(policy, facts);
    const again = { ...document, result };
    const recomputed = summaryOf(again);
    const inQuarter = isOfQuarter(facts.deal, this.header.quarter);
    const found =
      differs(`${dealId} id`, dealId, facts.deal.id) ??
      differs(`${dealId} asOf`, this.header.asOf, facts.asOf) ??
      differs(`${dealId} policyHash`, policyHash, document.policyHash) ??
      firstDifference(`${dealId} result`, document.result, result) ??
      differs(`${dealId} document`, text, sealLine(again)) ??
      firstDifference(`${dealId} summary`, summary, recomputed) ??
      differs(`${dealId} belongs to the quarter`, "true", String(inQuarter)) ??
      differs(
        `${dealId} comes after the deal before`,
        "true",
        String(this.last === null || this.last !== dealId),
      );
    this.last = dealId;
    this.summaries.push(recomputed);
    return found;
  }

  /** After the last deal: their number, and every number of the quarter. */
  checkNumbers(): Difference | null {
    const { header } = this;
    const counted = countSeal(sealedInput(header, this.summaries), header.quarter);
    return (
      differs("deals", String(header.deals), String(this.summaries.length)) ??
      firstDifference("numbers", header.numbers, counted.numbers) ??
      firstDifference("figures", header.figures, counted.figures)
    );
  }
}

function differs(at: string, sealed: string, recomputed: string): Difference | null {
  return sealed === recomputed ? null : { at, sealed, recomputed };
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** The first leaf, in canonical order, in which two JSON documents differ. */
export function firstDifference(at: string, sealed: unknown, recomputed: unknown): Difference | null {
  if (isBranch(sealed) && isBranch(recomputed) && Array.isArray(sealed) === Array.isArray(recomputed)) {
    for (const key of [...new Set([...Object.keys(sealed), ...Object.keys(recomputed)])].sort()) {
      const found = firstDifference(`${at}.${key}`, sealed[key], recomputed[key]);
      if (found) return found;
    }
    return null;
  }
  return differs(at, written(sealed), written(recomputed));
}

function written(value: unknown): string {
  return value === undefined ? "absent" : canonicalJson(value);
}
