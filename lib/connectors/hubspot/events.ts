import { createHmac, timingSafeEqual } from "node:crypto";

/** A signature is good for so long, before and after: clocks differ, and an old message is somebody's copy. */
const GOOD_MS = 5 * 60_000;
const DEALS = "0-3";
/** Characters that HubSpot signs as they are read, not as they are sent. */
const READ_AS_SENT = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** A request as HubSpot signed it. */
export interface SignedRequest {
  method: string;
  /** The public address that was called, with its query. */
  address: string;
  body: string;
  /** `X-HubSpot-Request-Timestamp`, in milliseconds. */
  timestamp: string | null;
  /** `X-HubSpot-Signature-v3`, in base64. */
  signature: string | null;
}

/** Whether HubSpot's signature, version 3, is on a request, and fresh at `now`; compared in constant time. */
export function isSignedByHubspot(request: SignedRequest, clientSecret: string, now: number): boolean {
  const { method, address, body, timestamp, signature } = request;
  if (!signature || !timestamp || !/^\d{1,15}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > GOOD_MS) return false;
  const read = address.replace(READ_AS_SENT, (code) => decodeURIComponent(code));
  const due = createHmac("sha256", clientSecret).update(`${method}${read}${body}${timestamp}`).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === due.length && timingSafeEqual(given, due);
}

/** What HubSpot tells of one object; of the many shapes, what says which deal it is about. */
interface Event {
  subscriptionType?: unknown;
  objectTypeId?: unknown;
  objectId?: unknown;
  primaryObjectId?: unknown;
  associationType?: unknown;
  fromObjectId?: unknown;
  toObjectId?: unknown;
}

/** A deal that has changed there, or is gone. */
export interface Heard {
  key: string;
  isGone: boolean;
}

/**
 * The deals that events are about, the last word on each: changes, deletions and returns, merges, and labels of companies
 * given or taken. What is about anything else is left out.
 *
 * @param events the parsed body; anything but a list tells of nothing
 */
export function dealsIn(events: unknown): Heard[] {
  const heard = new Map<string, Heard>();
  for (const event of Array.isArray(events) ? (events as (Event | null)[]) : []) {
    const one = event && heardOf(event);
    if (one) heard.set(one.key, one);
  }
  return [...heard.values()];
}

function heardOf(event: Event): Heard | null {
  const [object, what = ""] = String(event.subscriptionType ?? "").split(".");
  if (what === "associationChange") return idOf(ofAssociation(event), false);
  const isDeal = object === "deal" || (object === "object" && event.objectTypeId === DEALS);
  if (!isDeal) return null;
  if (what === "merge") return idOf(event.primaryObjectId, false);
  return idOf(event.objectId, what === "deletion" || what === "privacyDeletion");
}

function ofAssociation({ associationType, fromObjectId, toObjectId }: Event): unknown {
  if (String(associationType).startsWith("DEAL_TO_")) return fromObjectId;
  return String(associationType).endsWith("_TO_DEAL") ? toObjectId : null;
}

function idOf(id: unknown, isGone: boolean): Heard | null {
  return /^\d{1,20}$/.test(String(id)) ? { key: String(id), isGone } : null;
}
