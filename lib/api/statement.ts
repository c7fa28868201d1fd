import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { PARTNER_LINK } from "@/lib/auth/actor";
import { whenceOf } from "@/lib/auth/browser";
import { perform } from "@/lib/commands/door";
import { answerLine } from "@/lib/commands/statement/answer-line";
import { logByLink } from "@/lib/commands/statement/log-by-link";
import { openStatement } from "@/lib/commands/statement/open-statement";
import { dayOfInstant } from "@/lib/company-day";
import { statementPdf } from "@/lib/exports/statement-pdf";
import { me } from "@/lib/queries/company/me";
import { partnerStatement } from "@/lib/queries/partner/partner-statement";
import { activityMenu } from "@/lib/queries/policy/activity-menu";
import { ask } from "./ask";
import { byLink } from "./by-link";

const opening = z.strictObject({ token: z.string().max(100) });
const { token, line, seen, contest } = answerLine.input.shape;
const answering = z.strictObject({ token, line, seen, contest });
const telling = logByLink.input.omit({ whence: true });

/** What the page of a statement shows. */
export type StatementAnswer = Omit<z.output<typeof partnerStatement.output>, "answers"> & {
  /** The last day on which the link works. */
  until: Day;
  /** Who confirms and contests by it, until when; null where it only shows. */
  answers: { by: string; until: Day; open: boolean } | null;
  /** What one may tell of by it. */
  types: { type: string; label: string }[];
};

const STATEMENT = { path: "statement", origin: "a statement is opened on this application's own page" };

type Whence = z.input<typeof openStatement.input>["whence"];

/** The statement as JSON, for whoever holds the link. */
export const answerStatement = (request: Request) =>
  opened(request, opening, async (asked, whence, id) => Response.json(await shown(asked.token, whence, id)));

/** Takes what the partner says of a line, and answers with the statement as it reads then. */
export const answerStatementLine = (request: Request) =>
  opened(request, answering, async (asked, whence, id) => {
    await perform(answerLine, { ...asked, whence }, { actor: PARTNER_LINK, request: id });
    return Response.json(await shown(asked.token, whence, id));
  });

/** Takes what the partner did, and answers with the statement as it reads then. */
export const answerStatementUpdate = (request: Request) =>
  opened(request, telling, async (asked, whence, id) => {
    await perform(logByLink, { ...asked, whence }, { actor: PARTNER_LINK, request: id });
    return Response.json(await shown(asked.token, whence, id));
  });

/** The same statement to keep, as it is opened. */
export const answerStatementPdf = (request: Request) =>
  opened(request, opening, async (asked, whence, id) => {
    const body = await statementPdf(await shown(asked.token, whence, id));
    return new Response(new Uint8Array(body), { headers: { "content-type": "application/pdf" } });
  });

/** The same for a link that is over and for none. */
const opened = <T>(
  request: Request,
  shape: z.ZodType<T>,
  answer: (asked: T, whence: Whence, id: string) => Promise<Response>,
) => byLink(request, STATEMENT, shape, (asked, id) => answer(asked, whenceOf(request.headers), id));

/** What a token opens, with the opening in the log. */
async function shown(token: string, whence: Whence, request: string): Promise<StatementAnswer> {
  const { answer } = await perform(openStatement, { token, whence }, { actor: PARTNER_LINK, request });
  const { statementId, partnerId, amounts, expiresAt } = answer;
  const [{ answers, ...statement }, { timeZone }, { types }] = await Promise.all([
    ask(partnerStatement, { partnerId, amounts, statementId }, PARTNER_LINK),
    ask(me, {}, PARTNER_LINK),
    ask(activityMenu, {}, PARTNER_LINK),
  ]);
  return {
    ...statement,
    until: dayOfInstant(expiresAt, timeZone),
    answers: answers && { ...answers, until: dayOfInstant(answers.until, timeZone) },
    types: types.flatMap(({ type, label, offered }) => (offered ? [{ type, label }] : [])),
  };
}
