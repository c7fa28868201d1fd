import { z } from "zod";
import { type Client, database } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { countTry } from "@/lib/auth/tries";
import { perform } from "../door";
import * as field from "../input";
import { defineVerb } from "../verb";

/** Writes down that somebody asked for what is not theirs to do. */
export const noteRefusal = defineVerb({
  name: "note-refusal",
  summary: "Note a write that was refused because of who asked",
  input: z.strictObject({ wanted: field.line(100), rule: field.line(500) }),
  output: z.object({}),
  guard: { may: "account.keep", own: () => true },
  async run({ actor, audit }, after) {
    audit({ subjectKind: "user", subjectId: actor.userId ?? actor.id, dealId: null, before: null, after });
    return {};
  },
});

/** Refusals of one person that are noted within ten minutes: a script that knocks on every door fills no log. */
const NOTED = 20;

/** For whoever answers a request: notes a refusal by permission, and never stands in the answer's way. */
export async function rememberRefusal(
  actor: Actor,
  wanted: string,
  rule: string,
  client: Client = database(),
): Promise<void> {
  const { seconds } = await countTry(client, [{ key: `refused:${actor.id}`, most: NOTED }]);
  if (seconds === 0) await perform(noteRefusal, { wanted, rule: rule.slice(0, 500) }, { actor, client });
}
