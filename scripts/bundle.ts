import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { isRefusal } from "@/lib/errors";
import { type BundleAsked, proofBundle } from "@/lib/queries/audit/proof-bundle";
// @ts-expect-error plain JavaScript, as an outsider runs it
import { makePage } from "./verifier/make-page.mjs";
// @ts-expect-error the same
import { readHead } from "./verifier/read-bundle.mjs";

/**
 * `npm run -s bundle -- 2017-Q3 FILE.html`: a frozen quarter's proof bundle, a page that verifies itself without a network;
 * FILE.json is the bundle alone. `--number` opens it at a number; `--head` has it shown to go on from a head that was
 * kept. Exit status 1 where there is none to be had, 2 when it was called wrongly.
 */
const USAGE =
  "npm run -s bundle -- 2017-Q3 FILE.html|FILE.json [--number sourcedPipeline.amount] [--head FILE]";

interface Asked extends BundleAsked {
  file: string;
}

function asked(): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { number: { type: "string" }, head: { type: "string" } },
    });
    const [quarter, file, ...more] = positionals;
    if (!quarter || !/[.](html|json)$/.test(file ?? "") || more.length > 0) return null;
    const since =
      values.head === undefined ? null : (readHead(readFileSync(values.head, "utf8"))?.head ?? "");
    return { quarter, file: file!, number: values.number ?? null, since };
  } catch (error) {
    console.error((error as Error).message);
    return null;
  }
}

const wanted = asked();
if (!wanted) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const opened = await openDatabase();
  try {
    const { file, ...about } = wanted;
    const bundle = await proofBundle(COMMAND_LINE, about, database());
    const folder = fileURLToPath(new URL("verifier", import.meta.url));
    writeFileSync(file, file.endsWith(".json") ? JSON.stringify(bundle) : makePage(folder, bundle));
    console.log(
      `${bundle.seal.length - 1} documents and ${bundle.entries.length} entries of the log: ${file}`,
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await closeDatabases();
    await opened.close();
  }
}
