import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "./fault.mjs";

/** An export: a folder of JSON lines (README.md). */
export function readExport(folder) {
  const at = (name) => {
    const path = join(folder, name);
    if (!existsSync(path)) throw new Fault(`the export has no ${name}`);
    return path;
  };
  // By line feeds alone: a text may hold other ends of lines.
  const lines = async function* (name) {
    let rest = Buffer.alloc(0);
    for await (const part of createReadStream(at(name))) {
      let from = 0;
      const all = rest.length > 0 ? Buffer.concat([rest, part]) : part;
      for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
        yield all.toString("utf8", from, end);
        from = end + 1;
      }
      rest = all.subarray(from);
    }
    if (rest.length > 0) throw new Fault(`${name} ends in the middle of a line`);
  };
  const values = async function* (name) {
    for await (const line of lines(name)) yield JSON.parse(line);
  };
  const all = async (name) => {
    const found = [];
    for await (const value of values(name)) found.push(value);
    return found;
  };
  const leaves = readFileSync(at("leaves.txt"), "utf8").split("\n").slice(0, -1);
  return {
    waiting: 0,
    leaves: leaves.length,
    keys: () => all("keys.jsonl"),
    heads: () => values("heads.jsonl"),
    async *entries() {
      let place = 0;
      for await (const line of lines("log.jsonl")) {
        yield { line, leaf: leaves[place] ?? null, id: null };
        place += 1;
      }
    },
    people: () => values("people.jsonl"),
    policies: () => values("policies.jsonl"),
    plans: () => values("plans.jsonl"),
    async seals() {
      const seals = await all("seals.jsonl");
      return seals.map((seal) => ({ ...seal, lines: () => lines(`seals/${seal.quarter}.jsonl`) }));
    },
    receipts: () => values("receipts.jsonl"),
  };
}
