import { randomUUID } from "node:crypto";
import { dealsIn, isSignedByHubspot } from "@/lib/connectors/hubspot/events";
import { refuse } from "@/lib/errors";
import { noteHeard, signedBy } from "@/lib/jobs/heard";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { smallBody } from "./small-body";

/** HubSpot sends a hundred events at once. */
const LARGEST_BODY = 512 * 1024;

/**
 * Answers HubSpot, which tells of deals that have changed (docs/connections.md): they are read at the connection's next turn,
 * and nothing of what the message says of them is believed. Unsigned, late, or of a connection that takes none: 401.
 */
export async function answerHeard(request: Request, connectionId: string): Promise<Response> {
  const id = randomUUID();
  try {
    const body = await smallBody(request, LARGEST_BODY);
    if (!(await isTheirs(request, connectionId, body))) {
      const rule = "is not signed by the system that this connection reads, or not within five minutes";
      return problemResponse(
        { code: "unauthenticated", field: "x-hubspot-signature-v3", value: null, rule },
        id,
      );
    }
    await noteHeard(connectionId, dealsIn(parsed(body)));
    return new Response(null, { status: 204, headers: { "cache-control": "no-store", "x-request-id": id } });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "heard", status, err: error }, problem.rule);
    return problemResponse({ ...problem, value: null }, id, status);
  }
}

async function isTheirs(request: Request, connectionId: string, body: string): Promise<boolean> {
  const clientSecret = await signedBy(connectionId);
  if (!clientSecret) return false;
  const { pathname, search } = new URL(request.url);
  // Behind a proxy the server sees another address than the one that was called and signed.
  const address = `${(process.env.NEXTAUTH_URL ?? new URL(request.url).origin).replace(/\/+$/, "")}${pathname}${search}`;
  const { method, headers } = request;
  const timestamp = headers.get("x-hubspot-request-timestamp");
  const signature = headers.get("x-hubspot-signature-v3");
  return isSignedByHubspot({ method, address, body, timestamp, signature }, clientSecret, Date.now());
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return refuse("", null, "must be JSON");
  }
}
