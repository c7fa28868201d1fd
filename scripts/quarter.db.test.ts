// Long: a quarter is counted, frozen and verified on one database, told in order.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { COMPANIES } from "@/fixtures/companies.fixture";
import type { GrayCode } from "@/lib/attribution/vocabulary";
import { growWhole } from "@/lib/audit/grow.fixture";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { CALENDAR_YEAR, parseQuarter, previousQuarter, quarterOf, shiftQuarter } from "@/lib/calendar";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { PASSWORD } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { perform } from "@/lib/commands/door";
import { decideExceptions } from "@/lib/commands/exception/decide-exceptions";
import { deferExceptions } from "@/lib/commands/exception/defer-exceptions";
import { importBatch } from "@/lib/commands/import/import-batch";
import { agreedForYears, holdReview, prepareAndFreeze } from "@/lib/commands/review/freeze.fixture";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { judgeAll } from "@/lib/judging/judge-all";
import { judgedUnder } from "@/lib/judging/judged-under";
import { dealsList } from "@/lib/queries/deals/deals-list";
import { exceptionsList } from "@/lib/queries/exception/exceptions-list";
import { numbers, printedNumbers } from "@/lib/queries/numbers/numbers";
import { answer, type Query } from "@/lib/queries/query";
import { restatements } from "@/lib/queries/review/restatements";
import { review } from "@/lib/queries/review/review";
import { importedCompany } from "./imported-company.fixture";
import { runCommand, runCommandIn } from "./run-command.fixture";

const today = companyDay(Date.now(), "UTC");

let url: string;
let client: Client;

const actorOf = (id: string, role: UserRole): Actor => ({
  id: `user:${id}`,
  userId: id,
  name: id,
  role,
  ownerName: null,
  ownPassword: true,
});
const FINANCE = actorOf("fay", "finance");
const ADMIN = actorOf("rita", "admin");
const HEAD = actorOf("hope", "head_of_partnerships");
const CRO = actorOf("carl", "cro");
const closers = () => ({ finance: FINANCE, head: HEAD, call: { client, today } });

const write = async <V extends AnyVerb>(verb: V, input: unknown, actor: Actor) =>
  (await perform(verb, input, { actor, client, today })).answer as never;
const ask = async <Q extends Query>(query: Q, input: unknown): Promise<Awaited<ReturnType<Q["run"]>>> =>
  (await answer(query, query.input.parse(input) as never, { db: client.db, actor: ADMIN, today })) as never;

/** Runs a command of package.json on the database; where it says a zone or a locale, in a process of its own. */
async function run(script: string, args: string[], env?: Record<string, string>) {
  const ran = env
    ? runCommandIn({ DATABASE_URL: url, ...env }, script, ...args)
    : runCommand(url, script, ...args);
  const { status, out, said } = await ran;
  return { status, said: `${out}${said}`.trim() };
}

/** The same numbers in the same order for the same seed. */
function seeded(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(COMPANIES)("a quarter of $name", ({ folder: company, quarter, changes }) => {
  beforeAll(async () => {
    vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
    ({ url } = await importedCompany(company));
    client = connect(url, { max: 4 });
    for (const { userId, role } of [FINANCE, ADMIN, HEAD, CRO]) {
      const person = { id: userId, role, name: userId, ownerName: null, email: `${userId}@company.example` };
      await perform(createUser, person, { actor: COMMAND_LINE, client, today });
      await setFirstPassword(client, userId!, PASSWORD);
    }
    await agreedForYears(url, { cro: "carl", finance: "fay", head_of_partnerships: "hope" });
    await judgeAll(client, today);
  }, 240_000);
  afterAll(() => client?.close());

  test("every gray code of every deal is in the log, once, in the quarter of its close", async () => {
    const { models } = JSON.parse(await readFile(join(company, "expected.json"), "utf8"));
    const found: string[] = [];
    const counts: Partial<Record<GrayCode, number>> = {};
    for await (const batch of judgedUnder(client.db, { asOf: today }))
      for (const { deal, result } of batch)
        for (const code of result.gray) {
          found.push(`${deal.id} ${code} ${quarterOf(deal.closedOn ?? today).label}`);
          counts[code] = (counts[code] ?? 0) + 1;
        }
    expect(counts).toEqual(models.two_bucket.gray);
    const rows = await client.db.execute<{ line: string; settlement: string | null }>(sql`
      select deal_id || ' ' || kind || ' ' || quarter as line, settlement from exceptions`);
    expect([...rows].map(({ line }) => line).sort()).toEqual(found.sort());
    expect([...rows].filter(({ settlement }) => settlement !== null)).toEqual([]);
  });

  test("judging everything again changes nothing in the log", async () => {
    const read = async () => [
      ...(await client.db.execute(sql`
        select id, deal_id, kind, quarter, partner_id, amount, facts, version from exceptions order by id`)),
    ];
    const live = await read();
    await judgeAll(client, today);
    expect(await read()).toEqual(live);
  });

  test("freezing waits for what is open", async () => {
    const before = await ask(exceptionsList, { quarter, limit: 2000 });
    expect(before.counts.open).toBeGreaterThan(10);
    await holdReview(quarter, closers());
    const early = write(prepareFreeze, { quarter }, HEAD);
    await expect(early).rejects.toMatchObject({
      code: "invalid",
      rule: expect.stringContaining("neither decided nor deferred"),
    });
  }, 60_000);

  test("two people finish it kind by kind: one reason, one decision a side, each case its own record", async () => {
    const { rows } = await ask(exceptionsList, { quarter, limit: 2000 });
    const [kept, ...others] = rows;
    const until = "2999-01-01";
    await write(deferExceptions, { exceptionIds: [kept!.id], to: "fay", until }, FINANCE);
    for (const kind of new Set(others.map((row) => row.kind))) {
      const cases = others
        .filter((row) => row.kind === kind)
        .map(({ id, version }) => ({ exceptionId: id, version }));
      const reason = `What the memo says of ${kind} holds.`;
      const first = await write(decideExceptions, { cases, decision: "rule_upheld", reason }, FINANCE);
      expect(first).toMatchObject({ leftOut: [], decided: cases.map(() => ({ state: "waiting" })) });
      const seen = cases.map((one) => ({ ...one, version: one.version + 1 }));
      const second = await write(decideExceptions, { cases: seen, decision: "agree", reason }, HEAD);
      expect(second).toMatchObject({ leftOut: [], decided: cases.map(() => ({ state: "settled" })) });
    }
    const after = await ask(exceptionsList, { quarter, limit: 2000 });
    const counts = { open: 0, deferred: 1, decided: others.length, put_right: 0, withdrawn: 0 };
    expect(after.counts).toEqual(counts);
    const [votes] = await client.db.execute<{ count: number }>(sql`
      select count(*)::int as count from exception_votes v join exceptions e on e.id = v.exception_id
      where e.quarter = ${quarter}`);
    expect(votes!.count).toBe(2 * others.length);
  }, 60_000);

  test(`${changes} random changes later, numbers and digest are what they were, and each is a restatement`, async () => {
    const neighbours = [-1, 1].map((by) => shiftQuarter(parseQuarter(quarter), by, CALENDAR_YEAR).label);
    const shown = async () => {
      const { headline, beside } = await ask(numbers, { quarter });
      const { pipeline, revenue, indicators, economics } = await ask(review, { quarter });
      const now = [...headline, ...beside, pipeline, revenue, ...indicators, economics];
      return now.map(({ key, figures }) => [key, figures.map(({ key: figure, value }) => [figure, value])]);
    };
    const [printed, figures] = [await printedNumbers(client.db, quarter, { today }), await shown()];
    const opened = await ask(dealsList, {
      quarter,
      number: "sourcedPipeline",
      limit: 500,
      sort: "id",
    });

    const { digest, deals } = await prepareAndFreeze(quarter, closers());
    expect(await printedNumbers(client.db, quarter, { today })).toEqual(printed);
    expect(await shown()).toEqual(figures);
    const sealedList = await ask(dealsList, {
      quarter,
      number: "sourcedPipeline",
      limit: 500,
      sort: "id",
    });
    // What may be done now is no part of what stood.
    const unversioned = ({ rows, ...rest }: typeof opened) => ({
      ...rest,
      rows: rows.map(({ version: _version, may: _may, ...row }) => row),
    });
    expect(unversioned(sealedList)).toEqual(unversioned(opened));
    expect((await ask(restatements, { quarter })).total).toBe(0);
    const nextDoor = await Promise.all(
      neighbours.map((label) => printedNumbers(client.db, label, { today })),
    );

    const changed = await changeAtRandom(quarter, changes);
    expect(changed.size).toBeGreaterThan(changes * 0.3);

    expect(await printedNumbers(client.db, quarter, { today })).toEqual(printed);
    expect(await shown()).toEqual(figures);
    expect(
      unversioned(await ask(dealsList, { quarter, number: "sourcedPipeline", limit: 500, sort: "id" })),
    ).toEqual(unversioned(opened));
    const after = await Promise.all(neighbours.map((label) => printedNumbers(client.db, label, { today })));
    expect(after).not.toEqual(nextDoor);

    const restated = await ask(restatements, { quarter, limit: 5000 });
    expect(restated.seal).toMatchObject({ digest, deals });
    expect(new Map(restated.rows.map(({ dealId, kind }) => [dealId, kind]))).toEqual(changed);
    for (const row of restated.rows) {
      expect(row.by.length, row.dealId).toBeGreaterThan(0);
      if (row.kind === "changed") expect(row.reason.length, row.dealId).toBeGreaterThan(0);
    }
    expect(restated.counts.movesNumbers).toBeGreaterThan(changes * 0.1);
    expect(restated.numbers.some(({ sealed, current }) => sealed !== current)).toBe(true);
    await growWhole(client);
    expect(await run("verify-quarter", [quarter])).toEqual({
      status: 0,
      said: expect.stringContaining(`Digest ${digest}`),
    });
  }, 300_000);

  test.each([
    [["--time-zone", "Pacific/Kiritimati", "--locale", "tr_TR.UTF-8"], {}],
    [["--time-zone", "America/St_Johns"], { LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" }],
    [[], { TZ: "Asia/Kathmandu", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" }],
  ])(
    "verifies in another time zone and locale: %j %j",
    async (args, env) => {
      const { seal } = await ask(restatements, { quarter });
      expect(await run("verify-quarter", [quarter, ...args], env as never)).toEqual({
        status: 0,
        said: expect.stringContaining(`Digest ${seal.digest}`),
      });
    },
    60_000,
  );

  test("names the first difference of a seal that somebody with the server's keys has changed", async () => {
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    const tamper = (set: string) =>
      owner.unsafe(`begin; alter table sealed_deals disable trigger user;
        select set_config('countersign.actor', 'x', true), set_config('countersign.request', 'x', true);
        update sealed_deals set ${set} where (quarter, deal_id) =
          (select quarter, deal_id from sealed_deals order by deal_id limit 1);
        alter table sealed_deals enable always trigger b_frozen; commit`);
    const [first] = await owner`select deal_id as id, document, counts_as, partner_ids::text as partner_ids
      from sealed_deals order by deal_id limit 1`;
    try {
      for (const [set, at] of [
        ['document = replace(document, \'"outcome":"none"\', \'"outcome":"sourced"\')', "result.outcome"],
        ["document = replace(document, '\"amount\":', '\"amount\":1')", "projection.amount"],
        ['document = replace(document, \'"owner":"\', \'"owner":"Un\')', "projection.owner"],
        ["policy_hash = repeat('0', 64)", "projection.policy_hash"],
        ["counts_as = 'sourced/won/confirmed/cycle/stated'", "projection.counts_as"],
        ["partner_ids = '{P-0}'", "projection.partner_ids.0"],
      ] as const) {
        await tamper(set);
        const { status, said } = await run("verify-quarter", [quarter]);
        expect({ status, said }).toEqual({
          status: 1,
          said: expect.stringContaining(`${first!.id} ${at}: sealed `),
        });
        const { policyHash } = JSON.parse(first!.document);
        const { counts_as, partner_ids } = first!;
        await tamper(`document = $seal$${first!.document}$seal$, policy_hash = '${policyHash}',
          counts_as = '${counts_as}', partner_ids = '${partner_ids}'`);
      }
      expect(await run("verify-quarter", [quarter])).toMatchObject({ status: 0 });
    } finally {
      await owner.end();
    }
  }, 120_000);

  test("refuses what is not frozen, and what is no quarter", async () => {
    expect(
      await run("verify-quarter", [previousQuarter(parseQuarter(quarter), CALENDAR_YEAR).label]),
    ).toMatchObject({
      status: 2,
      said: expect.stringContaining("is not frozen"),
    });
    expect(await run("verify-quarter", ["Q3"])).toMatchObject({
      status: 2,
      said: expect.stringContaining("a quarter is written"),
    });
    expect(await run("backtest", ["--help"])).toMatchObject({
      status: 0,
      said: expect.stringContaining("--policy FILE"),
    });
  }, 60_000);
});

/** Changes, deletes, late-tags and re-imports the quarter's deals; gives what became of each. */
async function changeAtRandom(
  quarter: string,
  times: number,
): Promise<Map<string, "changed" | "deleted" | "added">> {
  const random = seeded(20170930);
  const rows = await client.db.execute<{ id: string }>(
    sql`select deal_id as id from sealed_deals where quarter = ${quarter} order by 1`,
  );
  const alive = [...rows];
  const partnerRows = await client.db.execute<{ id: string }>(sql`select id from partners order by id`);
  const partners = [...partnerRows].map(({ id }) => id);
  const became = new Map<string, "changed" | "deleted" | "added">();
  for (let at = 0; at < times; at++) {
    const place = random(alive.length);
    const { id: dealId } = alive[place]!;
    const [deal] = await client.db.execute<{ version: number; amount: string }>(
      sql`select version, amount::text as amount from deals where id = ${dealId}`,
    );
    const kind = random(10);
    if (kind === 0) {
      await write(deleteDeal, { dealId, version: deal!.version, reason: "merged" }, COMMAND_LINE);
      alive.splice(place, 1);
      became.set(dealId, "deleted");
    } else if (kind < 4) {
      const changes = { account: `Renamed ${at}` };
      await write(editDeal, { dealId, changes }, ADMIN);
      became.set(dealId, "changed");
    } else if (kind < 7) {
      const tag = { dealId, partnerId: partners[random(partners.length)], role: "influencer" };
      const tagged = await write(tagPartner, { ...tag, touchStage: 3, touchedOn: today }, ADMIN).then(
        () => true,
        () => false,
      );
      if (tagged) became.set(dealId, "changed");
    } else {
      const amount = ((Number(deal!.amount) + 1 + random(100_000)) / 100).toFixed(2);
      const [stored] = await client.db.execute<Record<string, string | null>>(sql`
        select id, account, owner, currency, type::text as type, route::text as route,
          created_on::text as created_on, closed_on::text as closed_on, outcome::text as outcome,
          first_engaged_on::text as first_engaged_on, recreated_from
        from deals where id = ${dealId}`);
      const cells = Object.entries(stored!).map(([column, cell]) => [column, cell ?? ""]);
      const values = { ...Object.fromEntries(cells), amount };
      const landed: { updated: number; refused: unknown[] } = await write(
        importBatch,
        { kind: "deals", rows: [{ line: 2, values }] },
        ADMIN,
      );
      expect(landed).toMatchObject({ updated: 1, refused: [] });
      became.set(dealId, "changed");
    }
  }
  return became;
}
