import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { Webhook } from "standardwebhooks";
import { oneLine } from "@/lib/text/message";
import type { Delivery } from "../notices/delivery";
import { addressIn, isPrivate, PRIVATE_CODE, publicLookup } from "./private-address";

const WHOLE_MS = 15_000;
/** Of an answer, so much is read. */
const MOST_ANSWER = 1_024;

/** A message on its way to another system, signed as Standard Webhooks has it. */
export interface Post {
  address: string;
  /** `whsec_…`. */
  secret: string;
  id: string;
  body: string;
}

/** Whether webhooks may go into private networks, and unencrypted. */
export interface PostOptions {
  toPrivate: boolean;
}

/** Why an address is not posted to at all; null when it may be. A name is looked at as it is connected to. */
export function addressFault(address: string, { toPrivate }: PostOptions): string | null {
  if (!URL.canParse(address)) return "must be a link, https://…";
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") return "must be a link, https://…";
  if (username || password) return "must hold no name and no password";
  if (toPrivate) return null;
  if (protocol !== "https:") return "must be encrypted, https://…";
  const literal = addressIn(hostname);
  return literal && isPrivate(literal) ? "must not lie in a private network" : null;
}

/** Posts a message once; never throws, and ends within fifteen seconds. No redirect is followed. */
export async function postSigned(post: Post, options: PostOptions): Promise<Delivery> {
  const fault = addressFault(post.address, options);
  if (fault) return { taken: false, isFinal: true, problem: `The address ${fault}` };
  const at = new Date();
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(post.body)),
    "user-agent": "Countersign-Webhooks/1",
    "webhook-id": post.id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(post.secret).sign(post.id, at, post.body),
  };
  const signal = AbortSignal.timeout(WHOLE_MS);
  try {
    const { answer, said } = await exchange(post, headers, signal, options);
    return deliveryOf(answer, said);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === PRIVATE_CODE)
      return { taken: false, isFinal: true, problem: "The address leads into a private network" };
    const why = signal.aborted ? "did not answer within 15 seconds" : "could not be reached, or hung up";
    const detail = typeof code === "string" && !signal.aborted ? ` (${code})` : "";
    return { taken: false, isFinal: false, problem: `The other side ${why}${detail}` };
  }
}

function exchange(
  { address, body }: Post,
  headers: Record<string, string>,
  signal: AbortSignal,
  { toPrivate }: PostOptions,
): Promise<{ answer: IncomingMessage; said: string }> {
  const request = address.startsWith("https:") ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const lookup = toPrivate ? undefined : publicLookup;
    const sending = request(address, { method: "POST", headers, signal, lookup, agent: false }, (answer) => {
      let said = "";
      const done = () => resolve({ answer, said });
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        said += part;
        // What breaks off, or talks without end, was begun: its status stands.
        if (said.length > MOST_ANSWER) answer.destroy();
      });
      answer.on("close", done).on("error", done);
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

function deliveryOf({ statusCode = 0, headers }: IncomingMessage, said: string): Delivery {
  if (statusCode >= 200 && statusCode < 300) return { taken: true };
  const words = oneLine(said).slice(0, 200);
  const wait = /^\d{1,6}$/.test(headers["retry-after"] ?? "") ? Number(headers["retry-after"]) * 1_000 : null;
  return {
    taken: false,
    // Gone is the word by which a receiver says that it wants no more.
    isFinal: statusCode === 410,
    problem: `The other side answered ${statusCode}${words && `: ${words}`}`,
    ...(wait !== null && { afterMs: wait }),
  };
}
