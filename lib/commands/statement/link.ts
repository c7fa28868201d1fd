import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordsOf } from "@/db/merged-partners";
import { partnerStatements } from "@/db/schema/partner-statements";
import { partners } from "@/db/schema/partners";
import { sessions } from "@/db/schema/people";
import { tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";
import {
  type HeldLine,
  lineKey,
  readPartnerLines,
  seenOf,
  statementDeals,
} from "@/lib/judging/partner-lines";
import { ANSWER_DAYS } from "@/lib/metrics/statement-answers";
import type { whenceShape } from "../account/whence";
import { lockDeal } from "../deal/load";
import type { WriteContext } from "../verb";

type Whence = z.output<typeof whenceShape>;

/** A link that works, and the partner that it is of now. */
export interface OpenedLink {
  row: typeof partnerStatements.$inferSelect;
  partner: { id: string; name: string };
}

/** What a token opens; one that was ended, is over or is none is refused alike. */
export async function openedLink({ tx }: Pick<WriteContext, "tx">, token: string): Promise<OpenedLink> {
  const { revokedAt, expiresAt } = partnerStatements;
  const [found] = await tx
    .select({ row: partnerStatements, partner: partners })
    .from(partnerStatements)
    .innerJoin(partners, eq(partners.id, partnerStatements.partnerId))
    .where(
      and(eq(partnerStatements.tokenHash, tokenHash(token)), isNull(revokedAt), gt(expiresAt, sql`now()`)),
    );
  if (!found) return refuse("token", null, "this link was ended, is over, or never was one");
  const { row, partner } = found;
  if (partner.mergedInto === null) return { row, partner };
  // A record that became another one since: the link shows the partner that it is now.
  const [into] = await tx.select().from(partners).where(eq(partners.id, partner.mergedInto));
  return { row, partner: into! };
}

/** A line that is answered, by a link that takes answers, from a browser that is nobody's of the house. */
export interface AnsweredLine extends OpenedLink, HeldLine {
  /** The contact who answers. */
  by: string;
}

/**
 * The line that an answer is about, as it was seen. In a browser from which somebody of the house has signed in no
 * answer is taken: whoever recorded a fact does not confirm it by a link that came their way (§9).
 */
export async function answeredLine(
  context: WriteContext,
  { token, whence, line: key, seen }: { token: string; whence: Whence; line: string; seen?: string },
): Promise<AnsweredLine> {
  const { tx, today } = context;
  const opened = await openedLink(context, token);
  const { row, partner } = opened;
  if (row.answeredBy === null) refuse("token", null, "this link shows, and takes no answers");
  const [open] = await tx
    .select({ id: partnerStatements.id })
    .from(partnerStatements)
    .where(
      and(
        eq(partnerStatements.id, row.id),
        gt(partnerStatements.sharedAt, sql`now() - make_interval(days => ${ANSWER_DAYS})`),
      ),
    );
  if (!open) refuse("token", null, `answers were taken for ${ANSWER_DAYS} days: ask for a new link`);
  if (await isOfTheHouse(context, whence.browserId))
    refuse("token", null, "somebody of the house has signed in in this browser: answer in one of your own");
  const of = { records: await recordsOf(tx, partner.id), name: partner.name };
  const deal = (await statementDeals(tx, of)).deals.find(({ id }) => lineKey(row.tokenHash, id) === key);
  if (!deal) refuse("line", null, "is no line of this statement");
  // Locked before it is read: what is answered is what stands until the answer does.
  await lockDeal(context, deal!.id);
  const [found] = await readPartnerLines(tx, of, [deal!], today);
  if (!found) return refuse("line", null, "is no line of this statement");
  if (seen !== undefined && seen !== seenOf(found.line))
    refuse("seen", null, "the line has changed since you read it: look at it again");
  return { ...opened, ...found, by: row.answeredBy! };
}

async function isOfTheHouse({ tx }: WriteContext, browserId: string | null): Promise<boolean> {
  if (browserId === null) return false;
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.browserId, browserId))
    .limit(1);
  return session !== undefined;
}
