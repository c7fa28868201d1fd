import { z } from "zod";
import { actorOfUser } from "@/lib/auth/actor";
import { browserCookie, newBrowserId, whenceOf } from "@/lib/auth/browser";
import { personOfLink, setPassword } from "@/lib/commands/account/set-password";
import { perform } from "@/lib/commands/door";
import { parseInput } from "@/lib/commands/parse";
import { refuse } from "@/lib/errors";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { isSameOrigin } from "./same-origin";
import { isSecure } from "./sign-in";
import { smallBody } from "./small-body";

const asked = z.strictObject({ token: z.string().max(100), password: z.string().max(1000).optional() });

/** Whose link it is, for the page; what became of it when a password came along. */
export interface LinkAnswer {
  name: string;
  email: string;
  set: boolean;
}

/**
 * Answers whoever holds a link for setting a password, who is not signed in: without a password whose link it is,
 * with one it is set. Failures are a `Problem` in JSON; nothing that was typed is in it.
 */
export async function answerSetPassword(request: Request): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    if (!isSameOrigin(request)) {
      const rule = "a change is made from this application's own pages";
      return problemResponse({ code: "forbidden", field: "origin", value: null, rule }, id);
    }
    const { token, password } = parseInput(asked, jsonOf(await smallBody(request)));
    const person = await personOfLink(token);
    if (!person) {
      const rule = "this link was used, withdrawn or is older than a day: ask an admin for a new one";
      return problemResponse({ code: "not_found", field: "token", value: null, rule }, id);
    }
    const answer: LinkAnswer = { name: person.name, email: person.email, set: password !== undefined };
    const headers = new Headers({ "cache-control": "no-store", "x-request-id": id });
    if (password !== undefined) {
      const found = whenceOf(request.headers);
      const whence = { ...found, browserId: found.browserId ?? newBrowserId() };
      await perform(setPassword, { token, password, whence }, { actor: actorOfUser(person), request: id });
      headers.append("set-cookie", browserCookie(whence.browserId, isSecure(request.headers)));
    }
    return Response.json(answer, { headers });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "set-password", status, err: error }, problem.rule);
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
