import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { faultsOf, type Lock } from "./dependencies";

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const LOCK = read<Lock>("package-lock.json");
const ROOT = read<{
  scarfSettings?: { enabled?: boolean };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}>("package.json");

test("every package may be given on, is known by its sum, is new enough, and runs nothing unasked", () => {
  expect(Object.keys(LOCK.packages).length).toBeGreaterThan(500);
  expect(faultsOf(LOCK, ROOT)).toEqual([]);
});

test("every package of ours is asked for at one exact version", () => {
  const asked = Object.entries({ ...ROOT.dependencies, ...ROOT.devDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

const sum = "sha512-x";
test.each([
  ["a", { version: "1.0.0", license: "GPL-3.0-only", integrity: sum }, "a 1.0.0 is under GPL-3.0-only"],
  [
    "a",
    { version: "1.0.0", license: "MIT AND GPL-3.0-only", integrity: sum },
    "a 1.0.0 is under MIT AND GPL-3.0-only",
  ],
  ["a", { version: "1.0.0", integrity: sum }, "a 1.0.0 is under NONE"],
  [
    "x/node_modules/next",
    { version: "16.3.2", license: "MIT", integrity: sum },
    "next 16.3.2 is below 16.3.3: runs code of strangers below",
  ],
  [
    "next",
    { version: "16.3.3-canary.1", license: "MIT", integrity: sum },
    "next 16.3.3-canary.1 is below 16.3.3: runs code of strangers below",
  ],
  ["a", { version: "1.0.0", license: "MIT" }, "a 1.0.0 has no sum by which it is known again"],
  [
    "a",
    { version: "1.0.0", license: "MIT", integrity: sum, resolved: "https://evil.example/a.tgz" },
    "a 1.0.0 comes from https://evil.example/a.tgz",
  ],
  [
    "a",
    { version: "1.0.0", license: "MIT", integrity: sum, hasInstallScript: true },
    "a 1.0.0 runs a script as it is installed",
  ],
  [
    "@scarf/scarf",
    { version: "1.4.0", license: "MIT", integrity: sum, hasInstallScript: true },
    "@scarf/scarf 1.4.0 runs a script as it is installed",
  ],
  [
    "xlsx",
    { version: "0.18.5", license: "Apache-2.0", integrity: sum },
    "xlsx 0.18.5 is refused: its releases on npm have open holes",
  ],
])("%s, %o: %s", (name, locked, fault) => {
  expect(faultsOf({ packages: { [`node_modules/${name}`]: locked } }, {})).toEqual([fault]);
});

test.each(["MIT", "(MIT OR GPL-3.0-or-later)", "MIT AND ISC AND BSD-3-Clause"])("%s is fine", (license) => {
  expect(
    faultsOf({ packages: { "node_modules/a": { version: "1.0.0", license, integrity: sum } } }, {}),
  ).toEqual([]);
});

test("npm run sbom lists what the product is made of, with version, licence and sum", () => {
  const said = execFileSync(process.execPath, ["--import", "tsx", "scripts/sbom.ts"], {
    ...{ encoding: "utf8", maxBuffer: 1 << 26 },
  });
  const { bomFormat, components } = JSON.parse(said) as {
    bomFormat: string;
    components: {
      name: string;
      version: string;
      licenses?: unknown[];
      hashes?: { alg: string }[];
      properties: object[];
    }[];
  };
  expect(bomFormat).toBe("CycloneDX");
  const known = new Map(components.map((one) => [`${one.name} ${one.version}`, one]));
  for (const asked of Object.entries(ROOT.dependencies)) {
    const name = asked.join(" ");
    expect(known.get(name), name).toMatchObject({ hashes: [{ alg: "SHA-512" }], scope: "required" });
    expect(known.get(name)!.licenses, name).toHaveLength(1);
  }
  const onlyHere = { name: "cdx:npm:package:development", value: "true" };
  expect(known.get(`vitest ${ROOT.devDependencies.vitest}`)!.properties).toContainEqual(onlyHere);
}, 30_000);
