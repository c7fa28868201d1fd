import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Policy } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { sideOf } from "@/lib/commands/exception/guards";
import type { SealedDocument, SealedException } from "@/lib/sealing/seal";
import type { Seal } from "@/lib/sealing/seals";
import { sealedLine } from "../review/sealed-lines";
import { mayOfCase } from "./case-may";
import { claimsOf } from "./claims";
import type { ExceptionDetail } from "./exception-shapes";

/**
 * A case of a frozen quarter: nothing of it is read from anywhere but the seal (§8.7). Nobody decides anything
 * there any more, so what a decision would change is not asked.
 */
export async function sealedException(
  db: Db,
  actor: Actor,
  { quarter, header }: Seal,
  sealed: SealedException,
): Promise<ExceptionDetail> {
  const document = await readSealedDocument(db, quarter, sealed.dealId);
  const { contested, discussion, became, partner } = sealed;
  const line = sealedLine(sealed, quarter, header.asOf);
  const policy = header.policies[document?.policyHash ?? header.policy.hash] as Policy;
  const names = new Map(
    Object.entries({
      ...header.partners,
      ...document?.partners,
      ...(partner && { [partner.id]: partner.name }),
    }),
  );
  const subject = {
    ...{ quarter, frozen: true, demo: header.demo, settledOn: sealed.settledOn },
    raisedBy: sealed.raisedBy?.id ?? null,
    ...{ contestedBy: null, contested: [] },
    votes: sealed.votes.map(({ side, by }) => ({ side, userId: by.id })),
    deputies: [],
  };
  return {
    ...line,
    frozen: true,
    contested,
    facts: document?.facts ?? null,
    claims: claimsOf(
      line,
      contested,
      { result: document?.result ?? null, facts: document?.facts ?? null },
      policy,
      names,
    ),
    model: policy.model,
    possible: [],
    discussion,
    became,
    side: sideOf(actor, []) ?? null,
    deciders: { finance: [], partnerships: [] },
    deputies: [],
    may: mayOfCase(actor, subject),
    names: { partners: Object.fromEntries(names) },
  };
}

async function readSealedDocument(db: Db, quarter: string, dealId: string): Promise<SealedDocument | null> {
  const [row] = await db.execute<{ document: string }>(
    sql`select document from sealed_deals where quarter = ${quarter} and deal_id = ${dealId}`,
  );
  return row ? (JSON.parse(row.document) as SealedDocument) : null;
}
