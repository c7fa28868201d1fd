import { Fault } from "./fault.mjs";

const EMBEDDED = /<script type="application\/json" id="bundle">([^<]*)<\/script>/;

/** A bundle from the text of its file: the page that it is in, or the JSON alone. */
export function readBundle(text) {
  const json = text.trimStart().startsWith("<") ? EMBEDDED.exec(text)?.[1] : text;
  try {
    return JSON.parse(json);
  } catch {
    throw new Fault("the file holds no bundle");
  }
}

/** A head that was kept: as JSON with its keys, or alone; null where the text is none. */
export function readHead(text) {
  const whole = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(whole)) return { head: whole, keys: null };
  try {
    const { format, head, keys } = JSON.parse(whole);
    return typeof head === "string" && format === undefined ? { head, keys: keys ?? null } : null;
  } catch {
    return null;
  }
}
