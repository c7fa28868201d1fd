import { randomUUID } from "node:crypto";
import { dealsIn, isSignedByHubspot } from "@/lib/connectors/hubspot/events";
import { signedMessage } from "@/lib/connectors/portal/signed";
import { refuse } from "@/lib/errors";
import { keepMessage, noteHeard, signedBy } from "@/lib/jobs/heard";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { smallBody } from "./small-body";

/** HubSpot sends a hundred events at once. */
const LARGEST_BODY = 512 * 1024;
/** Longer is the id of no message. */
const LONGEST_ID = 200;

/**
 * Answers a system that tells of something (docs/connections.md). Of HubSpot, deals that have changed: they are read at the
 * connection's next turn, and nothing of what the message says of them is believed. Of a partner portal, registrations:
 * the message is kept and read then. Unsigned, late, or of a connection that takes none: 401.
 */
export async function answerHeard(request: Request, connectionId: string): Promise<Response> {
  const id = randomUUID();
  try {
    const body = await smallBody(request, LARGEST_BODY);
    const signs = await signedBy(connectionId);
    const field = signs?.system === "prm" ? "webhook-signature" : "x-hubspot-signature-v3";
    if (!signs || !(await isTaken(request, connectionId, body, signs))) {
      const rule = "is not signed by the system that this connection reads, or not within five minutes";
      return problemResponse({ code: "unauthenticated", field, value: null, rule }, id);
    }
    return new Response(null, { status: 204, headers: { "cache-control": "no-store", "x-request-id": id } });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "heard", status, err: error }, problem.rule);
    return problemResponse({ ...problem, value: null }, id, status);
  }
}

/** Takes what is theirs; false of what is not. */
async function isTaken(
  request: Request,
  connectionId: string,
  body: string,
  { system, secret }: { system: string; secret: string },
): Promise<boolean> {
  if (system !== "prm") {
    if (!isFromHubspot(request, body, secret)) return false;
    await noteHeard(connectionId, dealsIn(parsed(body)));
    return true;
  }
  const id = signedMessage((name) => request.headers.get(name), body, secret);
  if (id === null) return false;
  if (id.length > LONGEST_ID) refuse("webhook-id", null, `must be at most ${LONGEST_ID} characters`);
  const message = parsed(body);
  mustBeStorable(message);
  await keepMessage(connectionId, { id, body: message });
  return true;
}

function isFromHubspot(request: Request, body: string, clientSecret: string): boolean {
  const { pathname, search } = new URL(request.url);
  // Behind a proxy the server sees another address than the one that was called and signed.
  const address = `${(process.env.NEXTAUTH_URL ?? new URL(request.url).origin).replace(/\/+$/, "")}${pathname}${search}`;
  const { method, headers } = request;
  const timestamp = headers.get("x-hubspot-request-timestamp");
  const signature = headers.get("x-hubspot-signature-v3");
  return isSignedByHubspot({ method, address, body, timestamp, signature }, clientSecret, Date.now());
}

/** Postgres stores neither a NUL nor half a character. */
function mustBeStorable(message: unknown): void {
  JSON.stringify(message, (name, value) => {
    for (const text of [name, value])
      if (typeof text === "string" && (text.includes("\0") || !text.isWellFormed()))
        refuse(name.replaceAll("\0", "").toWellFormed(), null, "holds a character that cannot be stored");
    return value as unknown;
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return refuse("", null, "must be JSON");
  }
}
