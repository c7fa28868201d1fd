import { refuse } from "@/lib/errors";

/** No input of ours nests a quarter as deep; what reads a body recurses, and would end with its stack. */
const DEEPEST = 64;

const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, QUOTE, ESCAPE] = [...'[]{}"\\'].map((one) =>
  one.charCodeAt(0),
);

/** Refuses JSON that nests too deep, before anything reads it; what is no JSON its reader refuses. */
export function mustNotBeTooDeep(json: Uint8Array): void {
  if (depthOf(json) <= DEEPEST) return;
  refuse(deepestField(json), null, `must nest at most ${DEEPEST} deep`);
}

/** The same of an address, where `a[b][c]` nests. */
export function mustNotNameTooDeep(names: Iterable<string>): void {
  for (const name of names)
    if (name.split("[").length > DEEPEST)
      refuse(name.slice(0, name.indexOf("[")), null, `must nest at most ${DEEPEST} deep`);
}

function depthOf(json: Uint8Array): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isText) {
      if (byte === ESCAPE) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return deepest;
}

/** The field at the top that holds what is too deep. */
function deepestField(json: Uint8Array): string {
  try {
    const document = JSON.parse(Buffer.from(json).toString("utf8")) as Record<string, unknown>;
    return Object.keys(document).find((name) => nests(document[name], DEEPEST)) ?? "";
  } catch {
    return "";
  }
}

function nests(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => nests(one, levels - 1));
}
