import { readFileSync } from "node:fs";

/** What the page runs, by the name under which one asks for the other; the browser's bytes stand for Node's. */
const MODULES = {
  "bytes.mjs": "page/bytes.mjs",
  "sha.mjs": "page/sha.mjs",
  "ed25519.mjs": "page/ed25519.mjs",
  "canonical.mjs": "canonical.mjs",
  "fault.mjs": "fault.mjs",
  "tree.mjs": "tree.mjs",
  "signed.mjs": "signed.mjs",
  "entry.mjs": "entry.mjs",
  "check-samples.mjs": "check-samples.mjs",
  "check-bundle.mjs": "check-bundle.mjs",
  "read-bundle.mjs": "read-bundle.mjs",
  "page.mjs": "page/page.mjs",
};

/**
 * The verifier as one page that works from a file and without a network, with a bundle in it or none.
 *
 * @param folder where the verifier lies
 */
export function makePage(folder, bundle) {
  const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
  const imports = Object.fromEntries(
    Object.entries(MODULES).map(([name, file]) => [
      name,
      // A module of a data: address has no place that `./` could be of.
      `data:text/javascript;base64,${Buffer.from(read(file).replaceAll(/from "\.{1,2}\//g, 'from "')).toString("base64")}`,
    ]),
  );
  const json = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
  return read("page/page.html")
    .replace('"BUNDLE"', () => json(bundle))
    .replace('"MODULES"', () => json({ imports }));
}
