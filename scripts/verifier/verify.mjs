import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { check } from "./check.mjs";
import { checkBundle } from "./check-bundle.mjs";
import { Fault } from "./fault.mjs";
import { readBundle, readHead } from "./read-bundle.mjs";
import { readExport } from "./read-export.mjs";
import { badKey, HEAD, signedBy } from "./signed.mjs";
import { leafOf, rootFromProof } from "./tree.mjs";

/** `node verify.mjs`, for outsiders (README.md): status 0 and what was checked, 1 and the first fault, 2 when called wrongly. */
const USAGE = `node verify.mjs --export FOLDER | --database URL | --database-from VARIABLE | --proof FILE | --bundle FILE [--head FILE]`;

class Misuse extends Error {
  status = 2;
}

/** The head that was kept, from its file. */
function keptIn(file) {
  const head = readHead(readFileSync(file, "utf8"));
  if (!head) throw new Misuse(`${file} holds no head`);
  return head;
}

/** One entry, in the head that its proof names, or in the one that was kept where that is the same. */
function checkProof(file, kept) {
  const { entry, place, path, head, keys } = JSON.parse(readFileSync(file, "utf8"));
  const trusted = kept?.keys ?? keys;
  const bad = badKey(keys);
  if (bad) throw new Fault(bad);
  if (kept && !trusted.some(({ kid }) => keys.some((one) => one.kid === kid)))
    throw new Fault("the proof knows none of the keys that you kept");
  const said = signedBy(keys, HEAD, head);
  if (!said) throw new Fault("the head of the proof is signed by none of its keys");
  if (rootFromProof(leafOf(entry), place, said.payload.size, path) !== said.payload.root)
    throw new Fault("the entry is not in the log of that head, or not as it is written here");
  const { id, at, actor, action, subjectKind, subjectId } = JSON.parse(entry);
  return [
    `Entry ${id} is number ${place + 1} of the ${said.payload.size} entries that were signed at ${said.payload.at}`,
    `${at} ${actor} ${action} ${subjectKind} ${subjectId}`,
    kept
      ? "By a key that you kept"
      : "By the keys that the proof names itself: compare them with ones that you had from elsewhere",
  ];
}

async function main() {
  const { values } = parseArgs({
    options: {
      export: { type: "string" },
      database: { type: "string" },
      "database-from": { type: "string" },
      proof: { type: "string" },
      bundle: { type: "string" },
      head: { type: "string" },
    },
  });
  const from = values["database-from"];
  if (from !== undefined) {
    if (values.database !== undefined || !process.env[from])
      throw new Misuse(`${from} is no variable that holds a database's address, or one was named besides`);
    values.database = process.env[from];
  }
  const asked = ["export", "database", "proof", "bundle"].filter((name) => values[name] !== undefined);
  if (asked.length !== 1) throw new Misuse("name one of an export, a database, a proof and a bundle");
  const kept = values.head === undefined ? null : keptIn(values.head);
  if (asked[0] === "proof") return checkProof(values.proof, kept);
  if (asked[0] === "bundle") return checkBundle(readBundle(readFileSync(values.bundle, "utf8")), kept).lines;
  if (asked[0] === "export") return check(readExport(values.export), kept);
  // Only who reads a database needs the driver.
  const { readDatabase } = await import("./read-database.mjs");
  const source = await readDatabase(values.database);
  try {
    return await check(source, kept);
  } finally {
    await source.close();
  }
}

try {
  for (const line of await main()) console.log(line);
} catch (error) {
  process.exitCode = error.status ?? 2;
  if (error.status === 1) console.log(error.message);
  else console.error(error.message);
  if (error.status === 2 || String(error.code).startsWith("ERR_PARSE_ARGS")) console.error(USAGE);
}
