import { createRequire } from "node:module";
import fc from "fast-check";
import { classify } from "@/lib/attribution/classify";
import type { Facts } from "@/lib/attribution/facts";
import { factsArbitrary } from "@/lib/attribution/facts.arbitrary";
import { outcomesOf } from "@/lib/attribution/models";
import { PRESETS } from "@/lib/attribution/policy";
import type { PartnerResult } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { installApart } from "./apart";
import type { Report } from "./report";
import { quantile, timed } from "./timing";

const RUNS = 5;
const DEALS = 2_000;
const POLICY = PRESETS.two_bucket;
/** Their packages lie beside the product's, out of its sight. */
const require = createRequire(
  new URL("../node_modules/.cache/countersign-peers/package.json", import.meta.url),
);

/** What an engine is told of a partner: the tests as the heart found them, which is most of the work. */
interface Told extends Record<string, unknown> {
  ruled: string;
  sourced: boolean;
  motion: boolean;
}

interface Peer {
  name: string;
  version: string;
  decide(told: Told): Promise<Outcome>;
}

/**
 * Rule engines deciding the outcome of every partner of the same deals, each in its own way of writing rules. They are
 * handed the tests and decide the outcome alone; the heart begins at the facts and explains everything.
 */
export async function measurePeers(report: Report): Promise<void> {
  const documents = fc.sample(factsArbitrary, { seed: 7, numRuns: DEALS });
  for (const open of [jsonRulesEngine, zenEngine]) {
    let peer: Peer;
    try {
      installApart("peers");
      peer = await open();
    } catch (error) {
      console.error(
        `  ${open.name} cannot be installed here: ${error instanceof Error ? error.message : error}`,
      );
      continue;
    }
    await measurePeer(report, peer, documents);
  }
}

async function measurePeer(report: Report, peer: Peer, documents: readonly Facts[]): Promise<void> {
  const partners = documents.flatMap((facts) => classify(POLICY, facts).partners);
  const told = partners.map(toldOf);
  const decide = async () => {
    const outcomes: Outcome[] = [];
    for (const one of told) outcomes.push(await peer.decide(one));
    return outcomes;
  };
  const wrong = (await decide()).filter((outcome, at) => outcome !== partners[at]!.outcome).length;
  if (wrong > 0) throw new Error(`${peer.name} decides ${wrong} partners otherwise`);
  const own: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    own.push(
      await timed(() => {
        for (const facts of documents) classify(POLICY, facts);
      }),
    );
    theirs.push(await timed(decide));
  }
  const rate = (times: readonly number[]) => (documents.length * 1000) / quantile(times.slice(1), 0.5);
  const title = `${peer.name} ${peer.version}`;
  report.add({
    ...{ part: "peers", name: `explained, beside ${title}`, deals: 0, value: rate(own), unit: "a second" },
    floor: { name: `${title}, outcomes alone`, value: rate(theirs) },
  });
}

function toldOf({ tests, rule, outcome }: PartnerResult): Told {
  const passed = Object.fromEntries(tests.map((one) => [one.test, one.passed]));
  const ruled = rule.startsWith(`${POLICY.model}.`) ? "" : outcome;
  return { ruled, sourced: passed.sourced === true, motion: passed.motion === true };
}

const versionOf = (name: string): string => require(`${name}/package.json`).version;

/** A rule an outcome, the best with the highest priority. */
async function jsonRulesEngine(): Promise<Peer> {
  const name = "json-rules-engine";
  const { Engine } = require(name);
  const engine = new Engine([], { allowUndefinedFacts: true });
  const is = (fact: string, value: unknown) => ({ fact, operator: "equal", value });
  const rule = (type: string, priority: number, ...all: object[]) =>
    engine.addRule({ conditions: { all }, event: { type }, priority });
  for (const outcome of outcomesOf(POLICY.model)) rule(outcome, 4, is("ruled", outcome));
  rule("sourced", 3, is("ruled", ""), is("sourced", true));
  rule("influenced", 2, is("ruled", ""), is("sourced", false), is("motion", true));
  rule("none", 1, is("ruled", ""), is("sourced", false), is("motion", false));
  return {
    ...{ name, version: versionOf(name) },
    decide: async (told) => (await engine.run(told)).events[0].type,
  };
}

/** A decision table whose first row that matches wins. */
async function zenEngine(): Promise<Peer> {
  const name = "@gorules/zen-engine";
  const { ZenEngine } = require(name);
  const row = (_id: string, ruled: string, sourced: string, motion: string, outcome: string) => ({
    ...{ _id, ruled, sourced, motion, outcome },
  });
  const field = (id: string) => ({ id, name: id, field: id });
  const node = (id: string, type: string, content?: object) => ({
    ...{ id, name: id, type, position: { x: 0, y: 0 } },
    ...(content && { content }),
  });
  const edge = (sourceId: string, targetId: string) => ({
    id: `${sourceId}-${targetId}`,
    sourceId,
    targetId,
    type: "edge",
  });
  const table = {
    hitPolicy: "first",
    inputs: ["ruled", "sourced", "motion"].map(field),
    outputs: [field("outcome")],
    rules: [
      ...outcomesOf(POLICY.model).map((outcome) =>
        row(`ruled-${outcome}`, `"${outcome}"`, "", "", `"${outcome}"`),
      ),
      row("sourced", "", "true", "", '"sourced"'),
      row("influenced", "", "", "true", '"influenced"'),
      row("none", "", "", "", '"none"'),
    ],
  };
  const decision = new ZenEngine().createDecision({
    nodes: [node("in", "inputNode"), node("table", "decisionTableNode", table), node("out", "outputNode")],
    edges: [edge("in", "table"), edge("table", "out")],
  });
  return {
    ...{ name, version: versionOf(name) },
    decide: async (told) => (await decision.evaluate(told)).result.outcome,
  };
}
