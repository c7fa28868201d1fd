import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { classify } from "@/lib/attribution/classify";
import { parseFacts } from "@/lib/attribution/parse-facts";
import { PRESETS } from "@/lib/attribution/policy";

/** The command itself, as `npm run -s classify` starts it. */
async function run(chunks: (string | Buffer)[]): Promise<{ lines: string[]; status: number | null }> {
  const child = spawn("node_modules/.bin/tsx", ["scripts/classify.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const status = new Promise<number | null>((resolve) => child.on("close", resolve));
  for (const chunk of chunks) {
    if (!child.stdin.write(chunk)) await new Promise((resolve) => child.stdin.once("drain", resolve));
  }
  child.stdin.end();
  const code = await status;
  expect(output === "" || output.endsWith("\n")).toBe(true);
  return { lines: output.split("\n").slice(0, -1), status: code };
}

const facts = {
  asOf: "2026-04-30",
  deal: {
    id: "D-1",
    amount: 3_000_000,
    currency: "USD",
    type: "new" as const,
    route: "direct" as const,
    createdOn: "2026-01-10",
    closedOn: null,
    outcome: "open" as const,
    firstEngagedOn: null,
    recreatedFrom: null,
    amendedOn: null,
  },
  stages: [],
  partners: [{ id: "Pärtner-1", kind: "integrator" as const, parentId: null, programs: [] }],
  registrations: [
    { id: "R-1", partnerId: "Pärtner-1", submittedOn: "2026-01-08", status: "approved" as const },
  ],
  roles: [],
  activities: [],
  rulings: [],
  cohort: { medianCycleDays: null },
};
/** As it is read: with what the document leaves out. */
const read = parseFacts(facts);
const line = (policy: unknown, overrides: object = {}) =>
  JSON.stringify({ policy, facts: { ...facts, ...overrides } });

describe("npm run classify", () => {
  it("answers nothing with nothing", async () => {
    expect(await run([])).toEqual({ lines: [], status: 0 });
  });

  it("answers each line in order, the last without newline too", async () => {
    const { lines, status } = await run([
      `${line("two_bucket")}\r\n${line({ preset: "lanes", assisted: true })}\n${line(PRESETS.triple_tier, { registrations: [] })}`,
    ]);
    expect(lines.map((text) => JSON.parse(text))).toEqual([
      classify(PRESETS.two_bucket, read),
      classify({ ...PRESETS.lanes, assisted: true }, read),
      classify(PRESETS.triple_tier, { ...read, registrations: [] }),
    ]);
    expect(status).toBe(0);
  });

  it("answers a bad line in its place, goes on, and exits with 1", async () => {
    const { lines, status } = await run([
      [
        line("two_bucket", { asOf: "yesterday" }),
        "{ not json",
        "",
        line("two_bucket"),
        JSON.stringify({ policy: "two_bucket" }),
        line("four_bucket"),
        line("two_bucket").replace('"asOf"', '"asOf":"2020-01-01","asOf"'),
        `{"policy":${"[".repeat(50_000)}${"]".repeat(50_000)},"facts":{}}`,
      ].join("\n"),
    ]);
    const answers = lines.map((text) => JSON.parse(text));
    expect(answers.map(({ error }) => error?.field)).toEqual([
      "facts.asOf",
      "",
      "",
      undefined,
      "facts",
      "policy",
      "asOf",
      "policy",
    ]);
    expect(answers[0].error).toEqual({ field: "facts.asOf", value: "yesterday", rule: expect.any(String) });
    expect(answers[3].outcome).toBe("sourced");
    expect(status).toBe(1);
  });

  it("reads lines cut anywhere, within a character too", async () => {
    const bytes = Buffer.from(`\ufeff${line("two_bucket")}\n${line("lanes")}\n`);
    const cut = bytes.indexOf("ä") + 1;
    const { lines } = await run([
      bytes.subarray(0, cut),
      bytes.subarray(cut, cut + 700),
      bytes.subarray(cut + 700),
    ]);
    expect(lines.map((text) => JSON.parse(text).partners[0].partnerId)).toEqual(["Pärtner-1", "Pärtner-1"]);
  });

  it("answers thousands of lines, one each", async () => {
    const chunk = `${line("two_bucket")}\n`.repeat(500);
    const { lines, status } = await run(Array.from({ length: 20 }, () => chunk));
    expect(lines.length).toBe(10_000);
    expect(new Set(lines).size).toBe(1);
    expect(status).toBe(0);
  });
});
