import { type Client, database } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { countTry } from "@/lib/auth/tries";
import { perform } from "../door";
import { noteRefusal } from "./note-refusal";

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
