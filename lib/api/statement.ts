import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { PARTNER_LINK } from "@/lib/auth/actor";
import { whenceOf } from "@/lib/auth/browser";
import { perform } from "@/lib/commands/door";
import { parseInput } from "@/lib/commands/parse";
import { openStatement } from "@/lib/commands/statement/open-statement";
import { dayOfInstant } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import { me } from "@/lib/queries/company/me";
import { partnerStatement } from "@/lib/queries/partner/partner-statement";
import { ask } from "./ask";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { isSameOrigin } from "./same-origin";
import { smallBody } from "./small-body";

const asked = z.strictObject({ token: z.string().max(100) });

/** What the page of a statement shows. */
export type StatementAnswer = z.output<typeof partnerStatement.output> & {
  /** The last day on which the link works. */
  until: Day;
};

/**
 * Answers whoever holds the link to a partner's statement, who is not signed in: the token alone says whose it is, and
 * no other word of the request is read. Failures are a `Problem` in JSON, the same for a link that is over and for none.
 */
export async function answerStatement(request: Request): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    if (!isSameOrigin(request)) {
      const rule = "a statement is opened on this application's own page";
      return problemResponse({ code: "forbidden", field: "origin", value: null, rule }, id);
    }
    const { token } = parseInput(asked, jsonOf(await smallBody(request)));
    const { browser, origin } = whenceOf(request.headers);
    const whence = { browserId: null, browser, origin };
    const { answer } = await perform(openStatement, { token, whence }, { actor: PARTNER_LINK, request: id });
    const { partnerId, amounts, expiresAt } = answer;
    const [statement, { timeZone }] = await Promise.all([
      ask(partnerStatement, { partnerId, amounts }, PARTNER_LINK),
      ask(me, {}, PARTNER_LINK),
    ]);
    const shown: StatementAnswer = { ...statement, until: dayOfInstant(expiresAt, timeZone) };
    return Response.json(shown, { headers: { "cache-control": "no-store", "x-request-id": id } });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "statement", status, err: error }, problem.rule);
    return problemResponse({ ...problem, value: null }, id, status);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("", null, "must be JSON");
  }
}
