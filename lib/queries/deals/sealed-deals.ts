import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { stageOn } from "@/lib/attribution/frame";
import type { Actor } from "@/lib/auth/actor";
import { type SealedDocument, type SealedSummary, summaryOf } from "@/lib/sealing/seal";
import { sealedDocuments } from "@/lib/sealing/seals";
import type { DealsFilter } from "./deals-filter";
import { type DealLine, warningOf } from "./deals-page";
import type { OpenedNumber } from "./opened-number";

export const DEAL_SORTS = [
  "account",
  "amount",
  "stage",
  "createdOn",
  "closedOn",
  "outcome",
  "owner",
  "id",
] as const;
export type DealSort = (typeof DEAL_SORTS)[number];

/** How a list of deals is asked for. */
interface Asked {
  filter: Omit<DealsFilter, "quarter" | "ids">;
  paging: { sort: DealSort; dir: "asc" | "desc"; offset: number; limit: number };
  actor: Actor;
}

/**
 * The deals that a frozen quarter's number is made of, as they were sealed, whatever became of them since:
 * the same filters and order as of deals that live, over the seal.
 */
export async function sealedDeals(
  db: Db,
  quarter: string,
  opened: OpenedNumber & { sealed: readonly SealedSummary[] },
  { filter, paging, actor }: Asked,
) {
  const mine = filter.scope === "mine" ? await ownPartners(db, actor) : new Set<string>();
  const found = opened.sealed.filter((deal) => matches(deal, filter, actor, mine)).sort(inOrder(paging));
  const page = found.slice(paging.offset, paging.offset + paging.limit).map(({ id }) => id);
  const documents = await sealedDocuments(db, quarter, page);
  return {
    total: found.length,
    sum: opened.sumOf(found.map(({ id }) => id)),
    rows: page.map((id) => lineOf(documents.get(id)!)),
  };
}

async function ownPartners(db: Db, { userId }: Actor): Promise<Set<string>> {
  const rows = await db.execute<{ id: string }>(sql`select id from partners where owner_id = ${userId}`);
  return new Set([...rows].map(({ id }) => id));
}

function matches(
  deal: SealedSummary,
  filter: Asked["filter"],
  actor: Actor,
  ownPartnerIds: ReadonlySet<string>,
): boolean {
  const isOpen = deal.outcome === "open";
  const asked: [unknown, () => boolean][] = [
    [
      filter.scope === "mine" || undefined,
      () => deal.owner === actor.ownerName || deal.partners.some(({ id }) => ownPartnerIds.has(id)),
    ],
    [filter.search?.trim() || undefined, () => mentions(deal, filter.search!.trim().toLowerCase())],
    [filter.outcome?.length || undefined, () => filter.outcome!.includes(deal.attribution)],
    [filter.state, () => deal.outcome === filter.state],
    [filter.stage?.length || undefined, () => filter.stage!.includes(deal.stage)],
    [filter.partnerId, () => deal.partners.some(({ id }) => id === filter.partnerId)],
    [filter.owner, () => deal.owner === filter.owner],
    [filter.needsDecision, () => (isOpen && !deal.confirmed) === filter.needsDecision],
    [filter.closingSoon, () => (isOpen && (deal.stage === 4 || deal.stage === 5)) === filter.closingSoon],
    [filter.disputed, () => deal.disputed === filter.disputed],
  ];
  return asked.every(([given, holds]) => given === undefined || holds());
}

function mentions({ account, id, owner, partners }: SealedSummary, text: string): boolean {
  return [account ?? "", id, owner, ...partners.map(({ name }) => name)].some((word) =>
    word.toLowerCase().includes(text),
  );
}

/** Nothing comes last in either direction, and the id settles ties, as in the list of living deals. */
function inOrder({ sort, dir }: Asked["paging"]) {
  const sign = dir === "asc" ? 1 : -1;
  return (one: SealedSummary, other: SealedSummary): number => {
    const [a, b] = [keyOf(one, sort), keyOf(other, sort)];
    if (a !== b && (a === null || b === null)) return a === null ? 1 : -1;
    if (a !== b) return a! < b! ? -sign : sign;
    return one.id < other.id ? -1 : 1;
  };
}

function keyOf(deal: SealedSummary, sort: DealSort): string | number | null {
  switch (sort) {
    case "account":
      return deal.account?.toLowerCase() ?? null;
    case "owner":
      return deal.owner.toLowerCase();
    case "outcome":
      return deal.attribution;
    default:
      return deal[sort];
  }
}

function lineOf(document: SealedDocument): DealLine {
  const { facts, account, owner, partners, result } = document;
  const { id, amount, currency, type, createdOn, closedOn, outcome: state } = facts.deal;
  const { confirmed, disputed } = summaryOf(document);
  const stage = stageOn(facts.stages, facts.asOf);
  const outcomeOf = new Map(result.partners.map((partner) => [partner.partnerId, partner.outcome]));
  const named = new Set(facts.roles.map(({ partnerId }) => partnerId));
  const byRecord = (one: (typeof facts.roles)[number], other: typeof one) =>
    one.recordedOn === other.recordedOn
      ? one.id < other.id
        ? -1
        : 1
      : one.recordedOn < other.recordedOn
        ? -1
        : 1;
  const nameOf = (partnerId: string) => partners[partnerId] ?? partnerId;
  return {
    id,
    account,
    owner,
    stage,
    amount,
    currency,
    type,
    createdOn,
    closedOn,
    state,
    outcome: result.outcome,
    disputed,
    partners: [
      ...facts.roles.toSorted(byRecord).map((row) => ({
        id: row.partnerId,
        name: nameOf(row.partnerId),
        rowId: row.id,
        role: row.role,
        touchStage: row.touchStage,
        confirmed: row.confirmedOn !== null,
        outcome: outcomeOf.get(row.partnerId) ?? ("none" as const),
      })),
      ...result.partners
        .filter(({ partnerId }) => !named.has(partnerId))
        .map(({ partnerId, outcome }) => ({
          id: partnerId,
          name: nameOf(partnerId),
          rowId: null,
          role: null,
          touchStage: null,
          confirmed: false,
          outcome,
        })),
    ],
    proof: proofOf(facts.activities),
    warning: warningOf(
      { disputed, state, confirmed, stage },
      facts.roles.some(({ confirmedOn }) => confirmedOn === null),
    ),
    attributionConfirmed: confirmed,
    // No version of a living deal: what is sealed is not edited.
    version: 0,
  };
}

function proofOf(activities: SealedDocument["facts"]["activities"]): DealLine["proof"] {
  if (activities.length === 0) return "none";
  return activities.every(({ proof }) => proof !== null) ? "proven" : "missing";
}
