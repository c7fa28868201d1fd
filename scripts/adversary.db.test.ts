import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { runCommand } from "./run-command.fixture";

let company: Company;
let folder = "";
beforeAll(async () => {
  company = await openCompany();
  folder = await mkdtemp(join(tmpdir(), "adversary-"));
  await company.deal({ id: "D-1", stage: 1 });
});
afterAll(async () => {
  await company.close();
  await rm(folder, { recursive: true });
});

async function run(policy: unknown, ...args: string[]) {
  const file = join(folder, "policy.json");
  await writeFile(file, JSON.stringify(policy));
  return runCommand(company.url, "adversary", "--policy", file, "--as-of", "2026-05-20", ...args);
}

test("prints what one role alone could raise, cheapest first, the same every time", async () => {
  const { out, status } = await run("two_bucket", "2026-Q2");
  expect(status).toBe(0);
  const { tried, holes, quarters } = JSON.parse(out);
  expect(tried).toBe(1);
  expect(holes[0].sentence).toMatch(
    /^An AE alone: one role row makes any partner sourced on Larkfield Foods \(D-1\) instead of none, with USD 10,000\.00 of credit instead of USD 0\.00\. Nothing in the exceptions log shows it\. Let through by Evidence/,
  );
  expect(holes[0]).toMatchObject({ hand: "ae", deal: { id: "D-1" }, through: ["buckets.evidence"] });
  const costs = holes.map(({ cost }: { cost: { writes: number; daysBack: number } }) => cost);
  expect(costs).toEqual(
    costs.toSorted(
      (one: (typeof costs)[0], other: (typeof costs)[0]) =>
        one.writes - other.writes || one.daysBack - other.daysBack,
    ),
  );
  expect(quarters[0]).toMatchObject({ quarter: "2026-Q2", raised: [{ metric: "sourcedPipeline" }] });
  expect((await run("two_bucket", "2026-Q2")).out).toBe(out);
});

test("prints no hole under a memo that asks for two hands, and what stops each", async () => {
  const { out } = await run({ preset: "two_bucket", evidence: "countersigned" });
  const { holes, stops } = JSON.parse(out);
  expect(holes).toEqual([]);
  expect(stops.map(({ sentence }: { sentence: string }) => sentence)).toContain(
    "An AE alone makes nothing sourced: Evidence stops it.",
  );
});

test("says how it is called", async () => {
  const { status, said } = await runCommand(company.url, "adversary");
  expect([status, said]).toEqual([2, expect.stringContaining("name the file of a policy")]);
  expect((await run("two_bucket", "--deals", "none")).status).toBe(2);
});
