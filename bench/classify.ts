import fc from "fast-check";
import { classify } from "@/lib/attribution/classify";
import { FactsTable } from "@/lib/attribution/columns";
import type { Facts } from "@/lib/attribution/facts";
import { factsArbitrary } from "@/lib/attribution/facts.arbitrary";
import { Outcomes } from "@/lib/attribution/outcomes";
import { pack, Unpacking } from "@/lib/attribution/packed";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { dayNumber } from "@/lib/calendar";
import { EXPLAINED, IN_BULK } from "./goals";
import { classifyPlainly } from "./plain";
import type { Report } from "./report";
import { quantile, timed } from "./timing";

const RUNS = 9;
const FLOOR = "the same rules written plainly (bench/plain.ts)";

const FROM_LINES = "in bulk, from packed lines";

/** Deals classified in a second on one core, under each model. */
export async function measureClassify(report: Report): Promise<void> {
  const documents = fc.sample(factsArbitrary, { seed: 7, numRuns: 5_000 });
  for (const model of MODELS) await measureModel(report, model, documents);
}

async function measureModel(report: Report, model: Model, documents: readonly Facts[]): Promise<void> {
  const policy = PRESETS[model];
  const table = new FactsTable();
  for (const facts of documents) table.add(facts);
  const lines = documents.map((_, deal) => pack(table, deal)).join("");
  const outcomes = new Outcomes(table, policy);
  const read = new FactsTable();
  const unpacking = new Unpacking(read);
  const ofRead = new Outcomes(read, policy);
  const works: Record<string, () => void> = {
    [FLOOR]: () => {
      for (const facts of documents) classifyPlainly(policy, facts);
    },
    [EXPLAINED]: () => {
      for (const facts of documents) classify(policy, facts);
    },
    [IN_BULK]: () => outcomes.judge(),
    [FROM_LINES]: () => {
      read.clear();
      let at = 0;
      for (const { asOf, deal } of documents) at = unpacking.read(deal.id, dayNumber(asOf), lines, at);
      ofRead.judge();
    },
  };
  const times = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let run = 0; run <= RUNS; run++)
    for (const [name, work] of Object.entries(works)) times.get(name)!.push(await timed(work));
  const rate = (name: string) => (documents.length * 1000) / quantile(times.get(name)!.slice(1), 0.5);
  const floor = { name: FLOOR, value: rate(FLOOR) };
  for (const name of [EXPLAINED, IN_BULK, FROM_LINES]) {
    report.add({
      ...({ part: "classify", deals: 0, value: rate(name), unit: "a second", floor } as const),
      name: `${model}, ${name}`,
    });
  }
}
