import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { addDays, parseQuarter } from "@/lib/calendar";
import { exact, plus, printed } from "@/lib/metrics/exact";
import { MOVED_FIGURES } from "@/lib/metrics/moved";
import { printedNumbers } from "@/lib/queries/numbers/numbers";
import { printedMoved } from "@/lib/queries/numbers/printed-moved";
import { importedCompany } from "./imported-company.fixture";
import { runCommand } from "./run-command.fixture";

const [{ folder, quarter: label }] = COMPANIES as [(typeof COMPANIES)[number]];
const quarter = parseQuarter(label);
const TODAY = "2026-01-10";

let url: string;
let client: Client;
beforeAll(async () => {
  ({ url } = await importedCompany(folder));
  client = connect(url, { max: 4 });
}, 120_000);
afterAll(() => client?.close());

const exactOf = (value: number | string) => {
  const [over = "0", under = "1"] = String(value).split("/");
  return exact(BigInt(over), BigInt(under));
};

describe("why a number moved, of days before the house's first entry", () => {
  it("is told by the facts' own days, and adds up, for every figure and every third of the quarter", async () => {
    const days = [0, 30, 61, 92].map((days) => addDays(quarter.from, days - 1));
    const causes = new Set<string>();
    for (const [at, to] of days.entries()) {
      const from = days[at - 1];
      if (from === undefined) continue;
      const numbers = await printedNumbers(client.db, label, { today: TODAY, asOf: to });
      for (const name of MOVED_FIGURES) {
        const found = await printedMoved(client.db, { number: name, quarter: label, from, to, today: TODAY });
        const [metric, figure] = name.split(".") as ["sourcedPipeline", "amount"];
        const told = numbers[metric][figure];
        if (typeof found.to === "object") expect(told).toMatchObject({ undefined: found.to.undefined });
        else {
          const { over, under } = exactOf(found.to);
          expect(Number(over) / Number(under)).toBeCloseTo(told as number, 9);
        }
        if (typeof found.from === "object" || typeof found.to === "object") continue;
        const sum = found.parts.reduce((all, { amount }) => plus(all, exactOf(amount)), exactOf(found.from));
        expect(printed(sum), name).toBe(found.to);
        for (const { cause } of found.parts) causes.add(cause);
      }
    }
    expect([...causes].sort()).toEqual(expect.arrayContaining(["closed_deals", "new_deals"]));
  }, 120_000);

  it("is printed by the command, and what is asked wrongly is refused with its usage", async () => {
    const asked = ["--from", quarter.from, "--to", quarter.to];
    const { status, out } = await runCommand(url, "moved", "sourcedPipeline", label, ...asked);
    expect(status).toBe(0);
    const { from, to, parts } = JSON.parse(out);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.reduce((sum: number, { amount }: { amount: number }) => sum + amount, from)).toBe(to);
    expect(Object.keys(parts[0])).toEqual(["cause", "amount", "deals"]);
    const wrong = await runCommand(url, "moved", "pipeline", label, ...asked);
    expect(wrong.status).toBe(2);
    expect(wrong.said).toContain("number: must be one of sourcedPipeline");
    expect((await runCommand(url, "moved", "sourcedPipeline", label)).said).toContain(
      "--from: say from which",
    );
  }, 120_000);
});
