import { z } from "zod";
import { actorOfUser } from "@/lib/auth/actor";
import { browserCookie, newBrowserId, whenceOf } from "@/lib/auth/browser";
import { isSecure } from "@/lib/auth/cookies";
import { personOfLink, setPassword } from "@/lib/commands/account/set-password";
import { perform } from "@/lib/commands/door";
import { Refusal } from "@/lib/errors";
import { byLink } from "./by-link";

const asked = z.strictObject({ token: z.string().max(100), password: z.string().max(1000).optional() });

/** Whose link it is, for the page; what became of it when a password came along. */
export interface LinkAnswer {
  name: string;
  email: string;
  set: boolean;
}

const SET_PASSWORD = {
  path: "set-password",
  origin: "a change is made from this application's own pages",
};

/** Without a password whose link it is; with one it is set. */
export const answerSetPassword = (request: Request): Promise<Response> =>
  byLink(request, SET_PASSWORD, asked, async ({ token, password }, id) => {
    const person = await personOfLink(token);
    if (!person) {
      const rule = "this link was used, withdrawn or is older than a day: ask an admin for a new one";
      throw new Refusal({ code: "not_found", field: "token", value: null, rule });
    }
    const answer: LinkAnswer = { name: person.name, email: person.email, set: password !== undefined };
    const headers = new Headers();
    if (password !== undefined) {
      const found = whenceOf(request.headers);
      const whence = { ...found, browserId: found.browserId ?? newBrowserId() };
      await perform(setPassword, { token, password, whence }, { actor: actorOfUser(person), request: id });
      headers.append("set-cookie", browserCookie(whence.browserId, isSecure(request.headers)));
    }
    return Response.json(answer, { headers });
  });
