import { readFileSync } from "node:fs";
import type { Lock } from "./dependencies";

/**
 * `npm run -s sbom`: what the product is made of as CycloneDX 1.5 JSON, from the lock file: each package with version,
 * licence and sum, `required` or (tools of development, binaries of other platforms) `optional`. Not by `npm sbom`, which
 * leaves out what development needs too, and refuses the whole tree over an override.
 */
const read = <T>(file: string) =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")) as T;
const { name, version, license } = read<{ name: string; version: string; license: string }>("package.json");

const purl = (of: string, at: string) => `pkg:npm/${of.replace(/^@/, "%40")}@${at}`;
/** One licence by its SPDX id, several as the expression that they are. */
const licences = (stated: string) =>
  / (AND|OR) /.test(stated) ? [{ expression: stated }] : [{ license: { id: stated } }];

const components = Object.entries(read<Lock>("package-lock.json").packages)
  .filter(([path, { link }]) => path !== "" && !link)
  .map(([path, locked]) => {
    const called = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const at = locked.version ?? "";
    const sum = locked.integrity?.replace(/^sha512-/, "");
    return {
      ...{ type: "library", name: called, version: at, purl: purl(called, at) },
      "bom-ref": path,
      scope: locked.dev || locked.optional ? "optional" : "required",
      ...(locked.license && { licenses: licences(locked.license) }),
      ...(sum && { hashes: [{ alg: "SHA-512", content: Buffer.from(sum, "base64").toString("hex") }] }),
      ...(locked.dev && { properties: [{ name: "cdx:npm:package:development", value: "true" }] }),
    };
  });

const bom = {
  ...{ bomFormat: "CycloneDX", specVersion: "1.5", version: 1 },
  metadata: {
    component: { type: "application", name, version, purl: purl(name, version), licenses: licences(license) },
  },
  components,
};
console.log(JSON.stringify(bom, null, 2));
