import { once } from "node:events";
import { classify } from "@/lib/attribution/classify";
import { parseObject } from "@/lib/attribution/document";
import { parseFacts } from "@/lib/attribution/parse-facts";
import { parsePolicyChoice } from "@/lib/attribution/parse-policy";
import { isRefusal, refuse } from "@/lib/errors";
import { repeatedKey } from "./repeated-key";

/**
 * `npm run -s classify`: lines of `{ "policy", "facts" }` on standard input, one result a line in the
 * same order on standard output. A line that is no such document gives `{ "error": { field, value, rule } }`
 * and exit status 1 at the end. Source: domain.md §6. Memory is bounded by the longest line.
 */

const NEWLINE = 0x0a;
const FLUSH_AT = 1 << 16;
const LONGEST_SHOWN = 500;

// Whoever reads may stop early (`| head`): that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

let failed = false;
let pending: string[] = [];
let pendingLength = 0;

for await (const line of linesOf(process.stdin)) {
  const answer = answerTo(line);
  pending.push(answer, "\n");
  pendingLength += answer.length;
  if (pendingLength >= FLUSH_AT) await flush();
}
await flush();
if (failed) process.exitCode = 1;

function answerTo(line: string): string {
  try {
    const { policy, facts } = parseObject("", parseJson(line), ["policy", "facts"]);
    return JSON.stringify(classify(parsePolicyChoice(policy, "policy"), parseFacts(facts, "facts")));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    failed = true;
    return JSON.stringify({ error: { field: error.field, value: shown(error.value), rule: error.rule } });
  }
}

function parseJson(line: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return refuse("", line, "a line must be one JSON document");
  }
  const key = repeatedKey(line);
  return key === null
    ? document
    : refuse(key, line, "stands twice in one object: say which of the two is meant");
}

/** The value as given, cut where it would fill the screen or cannot be written. */
function shown(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length <= LONGEST_SHOWN ? value : `${value.slice(0, LONGEST_SHOWN)}…`;
  }
  try {
    const text = JSON.stringify(value);
    return text === undefined || text.length <= LONGEST_SHOWN ? value : `${text.slice(0, LONGEST_SHOWN)}…`;
  } catch {
    return null; // nested too deeply to be written
  }
}

async function flush(): Promise<void> {
  if (pending.length === 0) return;
  const text = pending.join("");
  pending = [];
  pendingLength = 0;
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** The lines of a byte stream, without their newline; a byte order mark at the start is dropped. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  let first = true;
  const take = (end: Buffer): string => {
    const bytes = begun.length === 0 ? end : Buffer.concat([...begun, end]);
    begun = [];
    const line = bytes.toString("utf8");
    if (!first) return line;
    first = false;
    return line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) yield take(Buffer.alloc(0));
}
