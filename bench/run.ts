import { parseArgs } from "node:util";
import { measureBacktest } from "./backtest";
import { measureBrowser } from "./browser";
import { measureClassify } from "./classify";
import { type Company, openCompanies } from "./company/open";
import { measureDashboard } from "./dashboard";
import { measureDeal } from "./deal";
import { PARTS, type Part } from "./figures";
import { measureImport } from "./import";
import { measureJudging } from "./judging";
import { measureLens } from "./lens";
import { measureLists, measureLoad } from "./lists";
import { describeLoad, describeMachine } from "./machine";
import { measurePeers } from "./peers";
import { Report } from "./report";
import { measureWriting } from "./writing";

/**
 * `npm run -s bench`: what this machine takes for the product's work at each size, medians, each beside a
 * floor measured in the same run.
 *
 *   --size 10k,100k,1M   deals of each company; rows of the files that land
 *   --only lists,lens    parts, see bench/report.ts
 *   --keep DIR           leaves the companies there for the next run
 *   --currencies USD,EUR further currencies than the reporting one
 *   --json               everything that was measured, as one document
 */
const { values: flags } = parseArgs({
  options: {
    size: { type: "string", default: "10k,100k,1M" },
    only: { type: "string" },
    keep: { type: "string" },
    currencies: { type: "string", default: "USD" },
    json: { type: "boolean", default: false },
  },
});

const SIZES: Record<string, number> = { k: 1_000, M: 1_000_000 };

function sizeOf(words: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(words) ?? [];
  if (!digits) throw new Error(`--size ${words}: a number such as 10k or 1M`);
  return Number(digits) * (SIZES[unit ?? ""] ?? 1);
}

function partsOf(words: string | undefined): Set<Part> {
  const all = Object.keys(PARTS) as Part[];
  if (words === undefined) return new Set(all);
  const wrong = words.split(",").find((word) => !Object.hasOwn(PARTS, word));
  if (wrong !== undefined) throw new Error(`--only ${wrong}: one of ${all.join(", ")}`);
  return new Set(words.split(",") as Part[]);
}

const say = (words: string) => console.error(words);
const wanted = partsOf(flags.only);
const report = new Report();
const machine = `${describeMachine()}, ${describeLoad()}`;

const READ: [Part, (companies: readonly Company[], report: Report) => Promise<void>][] = [
  ["dashboard", measureDashboard],
  ["lists", measureLists],
  ["load", measureLoad],
  ["deal", measureDeal],
  ["lens", measureLens],
  ["backtest", measureBacktest],
  ["browser", measureBrowser],
];

/** On copies, since what they write stays. Judging comes last: it begins by forgetting what was judged. */
const WRITTEN: [Part, (copies: readonly Company[], report: Report) => Promise<void>][] = [
  ["writing", measureWriting],
  ["judging", measureJudging],
];

const sizes = flags.size
  .split(",")
  .map(sizeOf)
  .sort((a, b) => a - b);

say(machine);
if (wanted.has("classify")) await measureClassify(report);
if (wanted.has("peers")) await measurePeers(report);
if (wanted.has("import")) await measureImport(sizes, report);
const companies = await openCompanies({ keep: flags.keep, currencies: flags.currencies.split(","), say });
try {
  const opened: Company[] = [];
  // What is measured without a company makes none.
  const asksForOne = [...READ, ...WRITTEN].some(([part]) => wanted.has(part));
  for (const deals of asksForOne ? sizes : []) opened.push(await companies.open(deals));
  for (const [part, measurePart] of READ) if (wanted.has(part)) await measurePart(opened, report);
  const written = WRITTEN.filter(([part]) => wanted.has(part));
  if (written.length > 0) {
    await companies.withCopies(opened, async (copies) => {
      for (const [, measurePart] of written) await measurePart(copies, report);
    });
  }
} finally {
  await companies.close();
}
const after = describeLoad();
if (flags.json) {
  console.log(JSON.stringify({ machine, after, lines: report.lines() }, null, 2));
} else {
  console.log(`${machine}; ${after} at the end`);
  report.print();
}
