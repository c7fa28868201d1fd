import fc from "fast-check";
import { classify } from "@/lib/attribution/classify";
import { factsArbitrary } from "@/lib/attribution/facts.arbitrary";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS } from "@/lib/attribution/vocabulary";
import { medianMs, reportRate } from "./machine";

/** Deals classified in a second on one core, under each model. The floor: reading the same documents as JSON. */
export async function benchClassify(): Promise<void> {
  const documents = fc.sample(factsArbitrary, { seed: 7, numRuns: 5_000 });
  const lines = documents.map((facts) => JSON.stringify(facts));
  const floor = {
    name: "JSON.parse",
    ms: await medianMs(9, () => {
      for (const line of lines) JSON.parse(line);
    }),
  };
  for (const model of MODELS) {
    const policy = PRESETS[model];
    const ms = await medianMs(9, () => {
      for (const facts of documents) classify(policy, facts);
    });
    reportRate(`classify, ${model}`, documents.length, ms, floor);
  }
}
