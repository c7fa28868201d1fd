import type { DealOutcome, Stage } from "@/lib/attribution/vocabulary";
import type { Looked } from "@/lib/interchange/connection";
import type { Cursor, Opening, Page, Source } from "../source";
import { type AwsCalls, callsOf } from "./client";
import { AWS_PARTNER, type AwsOpportunity, rowsOf, soldByMarketplace } from "./read";

/** Each is two calls more. */
const A_PAGE = 20;
const MOST_LISTED = 100;

/** The stages of AWS's own lifecycle, and what each most likely is here. */
const STAGES: readonly [name: string, stage: Stage, outcome: DealOutcome][] = [
  ["Prospect", 1, "open"],
  ["Qualified", 2, "open"],
  ["Technical Validation", 3, "open"],
  ["Business Validation", 4, "open"],
  ["Committed", 5, "open"],
  ["Launched", 5, "won"],
  ["Closed Lost", 5, "lost"],
];

/** AWS Partner Central: what AWS's part in our deals is. It makes no deal, and is not written to. */
export async function openAws(opening: Opening): Promise<Source> {
  return new PartnerCentral(await callsOf(opening), opening);
}

class PartnerCentral implements Source {
  readonly streams = ["opportunities"];

  constructor(
    readonly calls: AwsCalls,
    readonly opening: Opening,
  ) {}

  async look(): Promise<Looked> {
    let deals = 0;
    for (let token: string | null = null; ; ) {
      const found = await this.calls.list({ since: null, token, most: MOST_LISTED });
      deals += found.opportunities.length;
      token = found.next;
      if (token === null) break;
    }
    return {
      as: "a partner in AWS Partner Central",
      stages: STAGES.map(([key, stage, outcome]) => ({ key, label: key, likely: { stage, outcome } })),
      ...{ types: [], roles: [], fields: [] },
      partners: [{ key: AWS_PARTNER, label: "AWS itself", likely: null }],
      deals,
    };
  }

  /** What changed since the last one that was read, in that order; of one moment all are read again, which is no news. */
  async page(_stream: string, cursor: Cursor | null): Promise<Page> {
    const { since, token } = (cursor ?? { since: null, token: null }) as {
      since: string | null;
      token: string | null;
    };
    const { opportunities, next } = await this.calls.list({ since, token, most: A_PAGE });
    const there = await this.deals(opportunities.map(({ id }) => id));
    const last = opportunities.at(-1)?.changedAt ?? since;
    return {
      ...there,
      next: next === null ? { since: last, token: null } : { since, token: next },
      isDone: next === null,
    };
  }

  async latest(most: number): Promise<string[]> {
    const asked = { since: null, token: null, most: Math.min(most, MOST_LISTED), newestFirst: true } as const;
    return (await this.calls.list(asked)).opportunities.map(({ id }) => id);
  }

  async deals(ids: readonly string[]) {
    const found: AwsOpportunity[] = [];
    // One after the other: the API takes a call a second or so of an account.
    for (const id of ids) found.push(await this.calls.opportunity(id));
    return { batches: rowsOf(found, this.opening), gone: [], byMarketplace: soldByMarketplace(found) };
  }

  async raw(id: string): Promise<Record<string, string>> {
    const one = await this.calls.opportunity(id);
    return Object.fromEntries(
      Object.entries({ ...one, ...one.aws }).flatMap(([name, value]): [string, string][] =>
        value == null || name === "aws"
          ? []
          : [[name, typeof value === "string" ? value : JSON.stringify(value)]],
      ),
    );
  }

  async write(): Promise<Map<string, string>> {
    return new Map();
  }
}
