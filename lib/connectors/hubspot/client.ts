import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "@hubspot/api-client";
import { isSourceProblem, type Opening, SourceProblem } from "../source";

/** Longer than this a page does not wait: the connection is left alone for as long as HubSpot says. */
const LONGEST_WAIT_MS = 10_000;
const TRIES = 5;
const patienceMs = () => Number(process.env.CONNECTION_PATIENCE_MS) || 60_000;

export type Call = <T>(method: "GET" | "POST", path: string, body?: unknown) => Promise<T>;

/** Calls HubSpot through its own client, with its rate limits kept: `retry-after` is waited for. */
export async function callerOf({ address, secrets }: Pick<Opening, "address" | "secrets">): Promise<Call> {
  const { Client } = await import("@hubspot/api-client");
  // Its own tries wait for a time of its own, whatever the answer says.
  const client = new Client({
    accessToken: secrets.accessToken,
    basePath: address,
    numberOfApiCallRetries: 0,
  });
  return async <T>(method: "GET" | "POST", path: string, body?: unknown) => {
    for (let nth = 1; ; nth++) {
      const answer = await tried<T>(client, { method, path, body });
      if (!("afterMs" in answer)) return answer.value;
      if (nth >= TRIES || answer.afterMs > LONGEST_WAIT_MS)
        throw new SourceProblem("HubSpot takes no more calls for now: its limit is used up", answer.afterMs);
      await pause(answer.afterMs);
    }
  };
}

type Tried<T> = { value: T } | { afterMs: number };

async function tried<T>(
  client: Client,
  { method, path, body }: { method: string; path: string; body?: unknown },
): Promise<Tried<T>> {
  const late = new AbortController();
  try {
    return await Promise.race([send<T>(client, { method, path, body }), silent(late.signal)]);
  } catch (error) {
    if (isSourceProblem(error)) throw error;
    const { message = String(error), code } = error as { message?: string; code?: string };
    const isNobody = code === "ECONNREFUSED" || code === "ENOTFOUND";
    throw new SourceProblem(
      isNobody ? `Nobody answers at this address (${code})` : `The connection was cut (${message})`,
    );
  } finally {
    late.abort();
  }
}

async function silent(signal: AbortSignal): Promise<never> {
  await pause(patienceMs(), undefined, { ref: false, signal }).catch(() => {});
  throw new SourceProblem("HubSpot did not answer in time");
}

async function send<T>(
  client: Client,
  { method, path, body }: { method: string; path: string; body?: unknown },
): Promise<Tried<T>> {
  const response = await client.apiRequest({ method, path, ...(body !== undefined && { body }) });
  if (response.status === 429 || response.status >= 502)
    return { afterMs: Math.max(0, Number(response.headers.get("retry-after") ?? 1)) * 1_000 };
  const text = await response.text();
  if (response.status >= 400) throw new SourceProblem(problemOf(response.status, text));
  try {
    return { value: JSON.parse(text) as T };
  } catch {
    throw new SourceProblem("HubSpot's answer was cut");
  }
}

function problemOf(status: number, text: string): string {
  if (status === 401) return "HubSpot does not know this access token";
  const said = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? `status ${status}`;
  return status === 403
    ? `The private app may not do this: ${said}`
    : `HubSpot answered: ${said}`.slice(0, 500);
}
