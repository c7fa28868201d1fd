import { createHash } from "node:crypto";
import { actorOfKey, shownKey } from "@/lib/auth/api-key";
import { evidenceSender } from "@/lib/auth/evidence-token";
import { takeTurn } from "@/lib/auth/rate-limit";
import { perform } from "@/lib/commands/door";
import { dropEvidence } from "@/lib/commands/evidence/drop-evidence";
import { refuse } from "@/lib/errors";
import { LARGEST_EVIDENCE } from "@/lib/reading/read-file";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";

import { requestId } from "./request-id";
import { bodyWithin } from "./small-body";

/** What may be sent, with the ending that it is read by. */
const ENDINGS = { mail: "eml", call: "json" } as const;

/**
 * Answers a mailbox or a recorder of calls that sends what it has: a mail as it came (RFC 5322), a call as JSON. It
 * waits for a person like any file that was dropped (domain.md §8.2). Failures are a `Problem` in JSON.
 */
export async function answerSentEvidence(request: Request, kind: string): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    const key = shownKey(request);
    const actor = evidenceSender(request) ?? (key && (await actorOfKey(key)));
    if (!actor) {
      const rule = "show a key made for evidence, or the installation's token, Authorization: Bearer …";
      return problemResponse({ code: "unauthenticated", field: "authorization", value: null, rule }, id);
    }
    const turn = actor.key && (await takeTurn(actor.key.id));
    if (turn?.problem) return problemResponse(turn.problem, id, undefined, turn.headers);
    if (kind !== "mail" && kind !== "call") {
      const rule = "a mail or a call is sent here";
      return problemResponse({ code: "not_found", field: "kind", value: kind, rule }, id);
    }
    const body = await bodyWithin(request, LARGEST_EVIDENCE);
    if (!body) refuse("", null, `must be at most ${LARGEST_EVIDENCE / 1_000_000} MB`);
    const digest = createHash("sha256").update(body).digest("hex").slice(0, 12);
    const file = { name: `${kind}-${digest}.${ENDINGS[kind]}`, content: body.toString("base64"), via: kind };
    const { answer } = await perform(dropEvidence, file, { actor, request: requestId(actor, id) });
    return Response.json(answer, { headers: { "cache-control": "no-store", "x-request-id": id } });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "sent-evidence", status, err: error }, problem.rule);
    return problemResponse({ ...problem, value: null }, id, status);
  }
}
