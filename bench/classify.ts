import fc from "fast-check";
import { classify } from "@/lib/attribution/classify";
import { factsArbitrary } from "@/lib/attribution/facts.arbitrary";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS } from "@/lib/attribution/vocabulary";
import type { Report } from "./report";
import { quantile, timed } from "./timing";

const RUNS = 9;

/** Deals classified in a second on one core, under each model. The floor: reading the same documents as JSON. */
export async function measureClassify(report: Report): Promise<void> {
  const documents = fc.sample(factsArbitrary, { seed: 7, numRuns: 5_000 });
  const lines = documents.map((facts) => JSON.stringify(facts));
  const rate = (times: readonly number[]) => (documents.length * 1000) / quantile(times.slice(1), 0.5);
  for (const model of MODELS) {
    const own: number[] = [];
    const floors: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      own.push(
        await timed(() => {
          for (const facts of documents) classify(PRESETS[model], facts);
        }),
      );
      floors.push(
        await timed(() => {
          for (const line of lines) JSON.parse(line);
        }),
      );
    }
    const floor = { name: "JSON.parse", value: rate(floors) };
    report.add({ part: "classify", name: model, deals: 0, value: rate(own), unit: "a second", floor });
  }
}
