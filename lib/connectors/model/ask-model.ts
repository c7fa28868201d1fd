import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { oneLine } from "@/lib/text/message";
import { addressFault, type PostOptions } from "../webhooks/post";
import { PRIVATE_CODE, publicLookup } from "../webhooks/private-address";

/** How long a model may think: a small one on somebody's own machine takes its time. */
const WHOLE_MS = 120_000;
const MOST_ANSWER = 1_000_000;

/** An OpenAI-compatible address: `/chat/completions` is asked below it. */
export interface ModelPlace {
  address: string;
  model: string;
  /** Null where none is asked for, as by most models of one's own. */
  key: string | null;
}

/** What it said; or why it said nothing, in words that stand alone. */
export type Said = { said: string } | { problem: string; isFinal: boolean };

/** The body of what it is asked, as it is sent. */
export const bodyFor = (
  { model }: ModelPlace,
  messages: readonly { role: string; content: string }[],
): string => JSON.stringify({ model, messages, temperature: 0, response_format: { type: "json_object" } });

/** Asks a model once; never throws, and follows no redirect. Private networks are asked only where that is allowed. */
export async function askModel(
  place: ModelPlace,
  body: string,
  options: PostOptions & { wholeMs?: number },
): Promise<Said> {
  const fault = addressFault(place.address, options);
  if (fault) return { problem: `The model's address ${fault}`, isFinal: true };
  const wholeMs = options.wholeMs ?? WHOLE_MS;
  const signal = AbortSignal.timeout(wholeMs);
  try {
    const { status, said, isWhole } = await exchange(place, body, signal, options);
    if (!isWhole) return { problem: "The model's answer was cut", isFinal: false };
    if (status < 200 || status >= 300)
      return {
        problem: `The model's address answered ${status}: ${oneLine(said).slice(0, 200)}`,
        // The key, the address or the model's name is wrong: asking again changes nothing.
        isFinal: [400, 401, 403, 404].includes(status),
      };
    return contentOf(said);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === PRIVATE_CODE)
      return { problem: "The model's address leads into a private network", isFinal: true };
    if (signal.aborted)
      return { problem: `The model did not answer within ${wholeMs / 1_000} seconds`, isFinal: false };
    return {
      problem: `The model's address could not be reached, or hung up (${String(code)})`,
      isFinal: false,
    };
  }
}

function contentOf(text: string): Said {
  const none = { problem: "The model's address answered in no shape of chat completions", isFinal: false };
  try {
    const answer = JSON.parse(text) as { choices?: { message?: { content?: unknown } }[] } | null;
    const said = answer?.choices?.[0]?.message?.content;
    return typeof said === "string" ? { said } : none;
  } catch {
    return none;
  }
}

function exchange(
  { address, key }: ModelPlace,
  body: string,
  signal: AbortSignal,
  { toPrivate }: PostOptions,
): Promise<{ status: number; said: string; isWhole: boolean }> {
  const url = `${address.replace(/\/+$/, "")}/chat/completions`;
  const request = url.startsWith("https:") ? overHttps : overHttp;
  const headers = {
    ...{ "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) },
    ...(key !== null && { authorization: `Bearer ${key}` }),
  };
  const lookup = toPrivate ? undefined : publicLookup;
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: "POST", headers, signal, lookup, agent: false },
      (answer: IncomingMessage) => {
        let said = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          said += part;
          if (said.length > MOST_ANSWER) answer.destroy();
        });
        answer.on("error", (error) => (signal.aborted ? reject(error) : undefined));
        answer.on("close", () => resolve({ status: answer.statusCode ?? 0, said, isWhole: answer.complete }));
      },
    );
    sending.on("error", reject);
    sending.end(body);
  });
}
