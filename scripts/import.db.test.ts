// Over 300 lines: the first bar of the import is one story on one database, told in order.

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMPANIES, type CompanyFiles } from "@/fixtures/companies.fixture";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { companyDay } from "@/lib/company-day";
import { KINDS, type Kind } from "@/lib/interchange/kinds";
import { judgedUnder } from "@/lib/judging/judged-under";
import { printedNumbers } from "@/lib/queries/numbers/numbers";
import { runCommand } from "./run-command.fixture";

/** What the audit log calls a row of each kind. */
const SUBJECTS: Record<Kind, string> = {
  accounts: "account",
  partners: "partner",
  deals: "deal",
  stage_history: "stage_entry",
  registrations: "registration",
  roles: "role_row",
  activities: "activity",
  costs: "cost",
  rates: "rate",
};

interface Expected {
  asOf: string;
  models: Record<
    string,
    {
      policy: unknown;
      outcomes: Record<string, number>;
      evidence: Record<string, number>;
      disputedDeals: number;
      gray: Record<string, number>;
      creditByPartner: Record<string, Record<string, number>>;
      quarters: Record<string, unknown>;
    }
  >;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rowsOf = async (file: string): Promise<Record<string, string>[]> =>
  parse(await readFile(file), { columns: true, bom: true });

const tally = (words: Iterable<string>) => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** Every number of `expected` within 1e-12 of it, relatively. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === "number") {
    const off = Math.abs((actual as number) - expected) / Math.max(1, Math.abs(expected));
    expect(off, `${path}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(1e-12);
  } else if (typeof expected === "object" && expected !== null) {
    const parts = expected as Record<string, unknown>;
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(parts).sort());
    for (const key of Object.keys(parts))
      expectClose((actual as Record<string, unknown>)[key], parts[key], `${path}.${key}`);
  } else expect(actual, path).toBe(expected);
}

describe.each(COMPANIES)("$name", ({ folder: company, quarter, foreign }) => {
  const kinds = KINDS.filter((kind) => existsSync(join(company, `${kind}.csv`)));
  let url: string;
  let client: Client;
  let expected: Expected;
  let first: Awaited<ReturnType<typeof runCommand>>;
  const rowCounts: Record<string, number> = {};

  beforeAll(async () => {
    ({ url } = await testDatabase());
    client = connect(url, { max: 2 });
    expected = JSON.parse(await readFile(join(company, "expected.json"), "utf8"));
    for (const kind of kinds) rowCounts[kind] = (await rowsOf(join(company, `${kind}.csv`))).length;
    first = await runCommand(url, "import", company);
  }, 180_000);
  afterAll(() => client?.close());

  const all = () => Object.values(rowCounts).reduce((sum, count) => sum + count, 0);

  test("lands whole in an empty database", async () => {
    expect(first.status, first.said).toBe(0);
    expect(first.last).toBe(`${all()} read, ${all()} created, 0 updated, 0 unchanged, 0 refused`);
    const files = await client.db.execute(sql`select kind, read, created, refused from imports order by at`);
    expect([...files]).toEqual(
      kinds.map((kind) => ({ kind, read: rowCounts[kind], created: rowCounts[kind], refused: 0 })),
    );
  });

  test("leaves every deal judged, as judging anew has it", async () => {
    const [row] = await client.db.execute<{ unjudged: number }>(sql`
      select count(*)::int as unjudged from deals d left join judged_deals o on o.deal_id = d.id
      where o.deal_id is null`);
    expect(row?.unjudged).toBe(0);
    const stored = await client.db.execute<{ deal_id: string; outcome: string }>(
      sql`select deal_id, outcome::text as outcome from judged_deals`,
    );
    const outcomes = new Map(stored.map(({ deal_id, outcome }) => [deal_id, outcome]));
    const today = companyDay(Date.now(), "UTC");
    for await (const batch of judgedUnder(client.db, { asOf: today }))
      for (const { deal, result } of batch) expect(outcomes.get(deal.id), deal.id).toBe(result.outcome);
  });

  test("writes each row into the audit log, with who and what", async () => {
    const entries = await client.db.execute<{ kind: string; entries: number }>(sql`
      select subject_kind as kind, count(*)::int as entries from audit_log
      where action = 'import-batch' and actor = 'command-line' and before is null and after is not null
        and subject_kind <> 'import'
      group by 1`);
    expect(Object.fromEntries(entries.map(({ kind, entries }) => [kind, entries]))).toEqual(
      Object.fromEntries(kinds.map((kind) => [SUBJECTS[kind], rowCounts[kind]])),
    );
  });

  test("prints the published outcomes", async () => {
    const policy = join(folder, "two_bucket.json");
    await writeFile(policy, JSON.stringify(expected.models.two_bucket!.policy));
    const { status, out } = await runCommand(url, "outcomes", "--policy", policy, "--as-of", expected.asOf);
    expect(status).toBe(0);
    const published = await readFile(join(company, "outcomes.two_bucket.csv"), "utf8");
    expect(out.trimEnd().split("\n").sort()).toEqual(published.trimEnd().split("\n").sort());
    const ids = out.trimEnd().split("\n").slice(1);
    expect(ids).toEqual([...ids].sort());
  });

  test.each(["two_bucket", "triple_tier", "lanes"])("comes out as expected under %s", async (model) => {
    const { policy: document, ...told } = expected.models[model]!;
    const policy = parsePolicy(document);
    const outcomes: string[] = [];
    const evidence: string[] = [];
    const gray: string[] = [];
    const credit: Record<string, Record<string, number>> = {};
    let disputedDeals = 0;
    for await (const batch of judgedUnder(client.db, { policy, asOf: expected.asOf }))
      for (const { result } of batch) {
        outcomes.push(result.outcome);
        if (result.evidence !== null) evidence.push(result.evidence);
        gray.push(...result.gray);
        if (result.partners.some(({ disputed }) => disputed !== null)) disputedDeals++;
        for (const partner of result.partners)
          for (const [outcome, amount] of Object.entries(partner.credit)) {
            credit[partner.partnerId] ??= {};
            const lines = credit[partner.partnerId]!;
            lines[outcome] = (lines[outcome] ?? 0) + amount;
          }
      }
    expect(tally(outcomes)).toEqual(told.outcomes);
    expect(tally(evidence)).toEqual(told.evidence);
    expect(disputedDeals).toBe(told.disputedDeals);
    expect(tally(gray)).toEqual(told.gray);
    expect(credit).toEqual(told.creditByPartner);

    expect(Object.keys(told.quarters)).toHaveLength(4);
    const today = companyDay(Date.now(), "UTC");
    for (const [quarter, numbers] of Object.entries(told.quarters)) {
      const printed = await printedNumbers(client.db, quarter, {
        today,
        policyOverride: policy,
        asOf: expected.asOf,
      });
      expectClose(printed, numbers, quarter);
    }
  });

  test("prints the numbers of a quarter", async () => {
    const { policy, quarters } = expected.models.lanes!;
    const file = join(folder, "lanes.json");
    await writeFile(file, JSON.stringify(policy));
    const { status, out } = await runCommand(
      url,
      "numbers",
      quarter,
      "--policy",
      file,
      "--as-of",
      expected.asOf,
    );
    expect(status).toBe(0);
    expectClose(JSON.parse(out), quarters[quarter], quarter);
    expect(await runCommand(url, "numbers", "2017-Q9")).toMatchObject({ status: 2, out: "" });
  });

  test("a second import changes nothing", async () => {
    const rows = sql`select max(id) as last, count(*) as entries from audit_log where subject_kind <> 'import'`;
    const before = await client.db.execute(rows);
    const again = await runCommand(url, "import", company);
    expect(again.status, again.said).toBe(0);
    expect(again.last).toBe(`${all()} read, 0 created, 0 updated, ${all()} unchanged, 0 refused`);
    expect([...(await client.db.execute(rows))]).toEqual([...before]);
    const files =
      await client.db.execute(sql`select count(distinct sha256)::int as files, count(*)::int as landed
      from imports where imported_by = 'command-line' and finished_at is not null`);
    expect([...files]).toEqual([{ files: kinds.length, landed: 2 * kinds.length }]);
  });

  test("the raw pipeline lands through a mapping: rows without what a deal needs are refused", async () => {
    const own = await testDatabase();
    const { columns, outcomes: meanings } = foreign;
    const cellOf = (row: Record<string, string>, field: keyof typeof columns) =>
      row[columns[field]] as string;
    const strict = mapping(foreign, { account: { column: columns.account } });
    const raw = await rowsOf(join(company, foreign.file));
    const lacksDate = raw.filter((row) => cellOf(row, "created") === "");
    const lacksAccount = raw.filter((row) => cellOf(row, "created") !== "" && cellOf(row, "account") === "");
    expect(lacksDate.length * lacksAccount.length).toBeGreaterThan(0);
    const pipeline = join(folder, "pipeline.csv");
    const report = `${pipeline}.refused.csv`;
    await writeFile(pipeline, await readFile(join(company, foreign.file)));

    const { status, last, said } = await runCommand(
      own.url,
      "import",
      "--mapping",
      await save("strict", strict),
      pipeline,
    );
    const refused = lacksDate.length + lacksAccount.length;
    const good = raw.length - refused;
    expect(last, said).toBe(
      `${raw.length} read, ${good} created, 0 updated, 0 unchanged, ${refused} refused`,
    );
    expect(status).toBe(1);
    expect(said).toContain(report);
    const reasons = tally((await rowsOf(report)).map(({ field, reason }) => `${field}: ${reason}`));
    const needs = (field: string, column: string) =>
      `${field}: ${column} is empty and the mapping has no default for it`;
    expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(refused);
    expect(reasons[needs("account", columns.account)]).toBe(
      raw.filter((row) => cellOf(row, "account") === "").length,
    );

    // With defaults, what was refused for them lands, and nothing else moves.
    const lenient = mapping(foreign, { account: { column: columns.account, default: "" } });
    const second = await runCommand(own.url, "import", "--mapping", await save("lenient", lenient), pipeline);
    expect(second.last).toBe(
      `${raw.length} read, ${lacksAccount.length} created, 0 updated, ${good} unchanged, ${lacksDate.length} refused`,
    );
    expect(tally((await rowsOf(report)).map(({ field, reason }) => `${field}: ${reason}`))).toEqual({
      [needs("created_on", columns.created)]: lacksDate.length,
    });

    const client = connect(own.url, { max: 1 });
    const outcomes = await client.db.execute<{ outcome: string; deals: number; amount: string }>(
      sql`select outcome::text as outcome, count(*)::int as deals, sum(amount)::text as amount from deals group by 1`,
    );
    await client.close();
    const told = (outcome: string) =>
      raw.filter((row) => meanings[cellOf(row, "outcome")] === outcome && cellOf(row, "created") !== "");
    const cents = (rows: typeof raw) =>
      rows.reduce((sum, row) => sum + 100 * Number(cellOf(row, "amount")), 0);
    expect(new Map(outcomes.map(({ outcome, deals, amount }) => [outcome, [deals, Number(amount)]]))).toEqual(
      new Map([
        ["won", [told("won").length, cents(told("won"))]],
        ["lost", [told("lost").length, cents(told("lost"))]],
        ["open", [told("open").length, 0]],
      ]),
    );
  });

  test("a file with ambiguous days is refused whole, and says both readings", async () => {
    const own = await testDatabase();
    const file = join(folder, "ambiguous.csv");
    const { id, owner, account, outcome, created, closed, amount } = foreign.columns;
    const [won] = Object.keys(foreign.outcomes);
    const lines = [
      [id, owner, account, outcome, created, closed, amount],
      ["1", "Ann", "Acme", won, "2017-01-10", "03/04/2017", "10"],
    ];
    await writeFile(file, `${lines.map((cells) => cells.join(",")).join("\n")}\n`);
    const { dates: _, ...silent } = mapping(foreign, { account: { column: account } });
    const silently = await save("silent", silent);
    const { status, said, last } = await runCommand(own.url, "import", "--mapping", silently, file);
    expect(status).toBe(1);
    expect(said).toMatch(/2017-04-03 \(D\/M\/YYYY\) or 2017-03-04 \(M\/D\/YYYY\)/);
    expect(last).toBe("0 read, 0 created, 0 updated, 0 unchanged, 0 refused");
  });
});

function mapping({ columns, outcomes }: CompanyFiles["foreign"], fields: Record<string, unknown>) {
  return {
    kind: "deals",
    dates: "YYYY-MM-DD",
    fields: {
      id: { column: columns.id },
      owner: { column: columns.owner },
      amount: { column: columns.amount, default: "0" },
      currency: { constant: "USD" },
      type: { constant: "new" },
      route: { constant: "direct" },
      created_on: { column: columns.created },
      closed_on: { column: columns.closed },
      outcome: { column: columns.outcome, values: outcomes },
      ...fields,
    },
  };
}

async function save(name: string, document: unknown): Promise<string> {
  const path = join(folder, `${name}.mapping.json`);
  await writeFile(path, JSON.stringify(document));
  return path;
}

test("the sample files that a first run offers land whole, and again change nothing", async () => {
  const { url } = await testDatabase();
  const files = await Promise.all(KINDS.map((kind) => rowsOf(join("public/samples", `${kind}.csv`))));
  const rows = files.flat().length;
  const first = await runCommand(url, "import", "public/samples");
  expect(first.last, first.out + first.said).toContain(`${rows} read, ${rows} created`);
  expect(first.status).toBe(0);
  const again = await runCommand(url, "import", "public/samples");
  expect(again.last).toContain(`${rows} read, 0 created, 0 updated, ${rows} unchanged`);
});
