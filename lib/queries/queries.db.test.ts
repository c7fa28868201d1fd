/** Every read over one scene, which is why this is long: 240 deals are made once and looked at from all sides. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { PRESETS } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { addDays, quarterOf } from "@/lib/calendar";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { judgeAll } from "@/lib/judging/judge-all";
import { judgedUnder } from "@/lib/judging/judged-under";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";
import { auditLog } from "./audit/audit-log";
import { me } from "./company/me";
import { peopleList } from "./company/people-list";
import { deal } from "./deal/deal";
import { proofCheck } from "./deal/proof-check";
import { why } from "./deal/why";
import { dealsList } from "./deals/deals-list";
import { dealsTotals } from "./deals/deals-totals";
import { numbers, printedNumbers } from "./numbers/numbers";
import { partnerPrograms } from "./partner/partner-programs";
import { partnersList } from "./partner/partners-list";
import { answer, type Query } from "./query";

const TODAY = "2026-05-20";
const DEALS = 240;
const isInQ3 = (day: string | null) => day !== null && day >= "2025-07-01" && day <= "2025-09-30";
let client: Client;
const people = new Map<UserRole, Actor>();
const as = (role: UserRole) => people.get(role) as Actor;

function ask<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: z.input<I>,
  who: UserRole = "cro",
) {
  return answer(query, query.input.parse(input), { db: client.db, actor: as(who), today: TODAY }).then(
    (found) =>
      // What is answered must be what the contract says, to the last key.
      query.output.parse(found),
  );
}
const doAs = (role: UserRole) => ({ actor: as(role), client, today: TODAY });

/** Deals over a year and a half in two currencies, with partners, gaps and lost causes among them. */
beforeAll(async () => {
  client = connect((await testDatabase()).url);
  for (const role of ["ae", "partner_manager", "finance", "cro", "auditor", "admin"] as const) {
    const input = {
      id: `U-${role}`,
      email: `${role}@x.test`,
      name: `The ${role}`,
      role,
    };
    const ownerName = role === "ae" ? "Ann" : null;
    await perform(createUser, { ...input, ownerName }, { actor: COMMAND_LINE, client });
    people.set(role, { id: `user:U-${role}`, userId: `U-${role}`, name: `The ${role}`, role, ownerName });
  }
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind, owner_id) values
      ('P-1', 'Northwind', 'integrator', 'U-partner_manager'), ('P-2', '100% Sure_thing', 'reseller', null)`);
    await tx.execute(sql`insert into partner_programs (partner_id, name, from_day, to_day, granted_by) values
      ('P-1', 'launch', '2024-01-01', '2024-12-31', null), ('P-1', 'launch', '2026-01-01', null, 'U-finance')`);
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome, no_partner_on, no_partner_by)
      select 'D-' || lpad(n::text, 4, '0'), 'Account ' || n % 40, case when n % 3 = 0 then 'Ann' else 'Bob' end,
        (n % 17 + 1) * 500000, case when n % 5 = 0 then 'EUR' else 'USD' end,
        (case when n % 4 = 0 then 'renewal' else 'new' end)::deal_type, 'direct',
        date '2025-01-01' + n * 2, case when n % 4 < 3 then date '2025-01-01' + n * 2 + 10 + n % 23 end,
        (case n % 4 when 0 then 'won' when 1 then 'won' when 2 then 'lost' else 'open' end)::deal_outcome,
        case when n % 7 = 0 then date '2025-01-01' + n * 2 + 5 end, case when n % 7 = 0 then 'U-ae' end
      from generate_series(1, ${DEALS}) n`);
    // Of the open ones every other says when it is expected to close: before today, soon, later.
    await tx.execute(sql`
      update deals set expected_close_on = ${TODAY}::date - 20 + right(id, 2)::int where right(id, 4)::int % 8 = 3`);
    await tx.execute(sql`
      insert into stage_entries (deal_id, seq, stage, entered_on)
      select id, s, s, created_on + s * 2 from deals, generate_series(1, 5) s where s <= 1 + right(id, 2)::int % 5`);
    await tx.execute(sql`
      insert into registrations (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
      select 'R-' || id, id, 'P-1', created_on, created_on, 'approved', created_on from deals where right(id, 2)::int % 6 = 0`);
    await tx.execute(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, confirmed_on)
      select 'T-' || id, id, 'P-2', 'co_seller', 1, created_on, created_on + 1,
        case when right(id, 2)::int % 2 = 0 then created_on + 2 end
      from deals where right(id, 2)::int % 9 < 4 and no_partner_on is null`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id, id, 'P-2', 'joint_discovery', 2, created_on + 3, created_on + 4,
        case when right(id, 2)::int % 3 > 0 then 'https://proof.test/' || id end, 'direct'
      from deals where right(id, 2)::int % 9 < 4`);
    await tx.execute(sql`insert into costs values
      ('2026-Q1', 'partner_program', 'headcount', 900000, 'USD'), ('2026-Q1', 'direct_sales', 'headcount', 700000, 'EUR')`);
    await tx.execute(sql`insert into rates (quarter, currency, rate)
      select y || '-Q' || q, 'EUR', 1.0835 from generate_series(2024, 2026) y, generate_series(1, 4) q`);
  });
  await judgeAll(client, TODAY);
});
afterAll(() => client.close());

describe("deals-list", () => {
  it("pages through every deal exactly once, whatever it is sorted by", async () => {
    for (const sort of [
      "account",
      "amount",
      "stage",
      "createdOn",
      "closedOn",
      "outcome",
      "owner",
      "id",
    ] as const) {
      for (const dir of ["asc", "desc"] as const) {
        const seen: string[] = [];
        for (let after: string | undefined; ; ) {
          const { rows, total, next } = await ask(dealsList, { sort, dir, after, limit: 37 });
          expect(total).toBe(after === undefined ? DEALS : null);
          seen.push(...rows.map(({ id }) => id));
          if (next === null) break;
          after = next;
        }
        expect(seen.length, `${sort} ${dir}`).toBe(DEALS);
        expect(new Set(seen).size, `${sort} ${dir}`).toBe(DEALS);
      }
    }
  });

  it("sorts, undated deals last both ways", async () => {
    const up = await ask(dealsList, { sort: "closedOn", dir: "asc", limit: 500 });
    const days = up.rows.map(({ closedOn }) => closedOn).filter((day) => day !== null);
    expect(days).toEqual([...days].sort());
    expect(days.length).toBe(180);
    for (const dir of ["asc", "desc"] as const) {
      const { rows } = await ask(dealsList, { sort: "closedOn", dir, limit: 500 });
      expect(rows.slice(180).every(({ closedOn }) => closedOn === null)).toBe(true);
    }
  });

  it("keeps what each filter says, and only that", async () => {
    const all = (await ask(dealsList, { limit: 500 })).rows;
    type Row = (typeof all)[number];
    // Thirty days before its expected close; where nobody said one, at a stage before a close.
    const closesSoon = ({ state, expectedCloseOn, stage }: Row) =>
      state === "open" &&
      (expectedCloseOn ? expectedCloseOn <= addDays(TODAY, 30) : stage === 4 || stage === 5);
    const cases: [z.input<typeof dealsTotals.input>, (row: Row) => boolean][] = [
      [{ state: "won" }, (row) => row.state === "won"],
      [{ outcome: ["sourced", "influenced"] }, (row) => ["sourced", "influenced"].includes(row.outcome)],
      [{ stage: [4, 5] }, (row) => row.stage >= 4],
      [{ owner: "Bob" }, (row) => row.owner === "Bob"],
      [{ disputed: true }, (row) => row.disputed],
      [{ disputed: false }, (row) => !row.disputed],
      [{ partnerId: "P-1" }, (row) => row.partners.some(({ id }) => id === "P-1")],
      [{ closingSoon: true }, closesSoon],
      [{ closingSoon: false }, (row) => !closesSoon(row)],
      [
        { closingSoon: true, state: "open", needsDecision: true },
        (row) => closesSoon(row) && !row.attributionConfirmed,
      ],
      [{ needsDecision: true }, (row) => row.state === "open" && !row.attributionConfirmed],
      [{ needsDecision: false }, (row) => row.state !== "open" || row.attributionConfirmed],
      [{ status: ["to_decide", "waits_for_ae"] }, (row) => row.state === "open" && !row.attributionConfirmed],
      ...DEAL_STATUSES.map((status): (typeof cases)[number] => [
        { status: [status] },
        (row) => row.status === status,
      ]),
      [{ search: "ACCOUNT 7" }, (row) => row.account === "Account 7"],
      [{ search: "d-0042" }, (row) => row.id === "D-0042"],
      [{ search: "100% sure_" }, (row) => row.partners.some(({ id }) => id === "P-2")],
      [{ search: "100_" }, (row) => row.id === "nobody"],
      [{ state: "open", disputed: true }, (row) => row.state === "open" && row.disputed],
      // One or two letters are looked for where words begin, of a partner's name too.
      [{ search: "AN" }, (row) => row.owner === "Ann"],
      [{ search: "nn" }, (row) => row.id === "nobody"],
      [{ search: "4" }, (row) => row.account === "Account 4"],
      [{ search: "su" }, (row) => row.partners.some(({ id }) => id === "P-2")],
      [
        { search: "1" },
        (row) => /^Account 1/.test(row.account!) || row.partners.some(({ id }) => id === "P-2"),
      ],
      [{ quarter: "2025-Q3" }, (row) => [row.createdOn, row.closedOn].some((day) => isInQ3(day))],
    ];
    for (const [filter, keeps] of cases) {
      const { rows, total } = await ask(dealsList, { ...filter, limit: 500 });
      const expected = all.filter(keeps).map(({ id }) => id);
      expect(rows.map(({ id }) => id).sort(), JSON.stringify(filter)).toEqual(expected.sort());
      expect(total).toBe(expected.length);
      // Counted, where a page does not hold them all, and counted to the end when asked for.
      const short = await ask(dealsList, { ...filter, limit: 1 });
      const counted = await ask(dealsTotals, filter);
      expect(short, JSON.stringify(filter)).toMatchObject({ total, more: false });
      expect(counted, JSON.stringify(filter)).toEqual({ total, sum: short.sum, rates: short.rates });
    }
    expect(all.some(cases[4]![1])).toBe(true);
    expect(all.some(cases.at(-1)![1])).toBe(true);
  });

  it("knows whose deals are mine", async () => {
    const ann = await ask(dealsList, { scope: "mine", limit: 500 }, "ae");
    expect(ann.total).toBe(80);
    expect(new Set(ann.rows.map(({ owner }) => owner))).toEqual(new Set(["Ann"]));
    const manager = await ask(dealsList, { scope: "mine", limit: 500 }, "partner_manager");
    expect(manager.total).toBeGreaterThan(0);
    expect(manager.rows.every((row) => row.partners.some(({ id }) => id === "P-1"))).toBe(true);
    expect((await ask(dealsList, { scope: "mine" }, "cro")).total).toBe(0);
  });

  it("sorts by the expected close, deals without one last", async () => {
    for (const dir of ["asc", "desc"] as const) {
      const { rows } = await ask(dealsList, { sort: "expectedOn", dir, state: "open", limit: 500 });
      const days = rows.flatMap(({ expectedCloseOn }) => expectedCloseOn ?? []);
      expect(days).toHaveLength(30);
      expect(days).toEqual(dir === "asc" ? days.toSorted() : days.toSorted().reverse());
      expect(rows.slice(30).every(({ expectedCloseOn }) => expectedCloseOn === null)).toBe(true);
    }
  });

  it("adds up several currencies in the reporting one, or says by name which has no rate", async () => {
    const { rows, sum, rates } = await ask(dealsList, { limit: 500 });
    const inCents = (code: string) =>
      rows.reduce((all, { amount, currency }) => (currency === code ? all + amount : all), 0);
    const all = { amount: inCents("USD") + Math.round(inCents("EUR") * 1.0835), currency: "USD" };
    expect(sum).toEqual(all);
    expect(rates).toEqual({ quarter: quarterOf(TODAY).label, missing: [] });
    // From the tally of how deals stand, beside a page that does not hold them all.
    expect((await ask(dealsList, { limit: 1 })).sum).toEqual(all);
    // Of a quarter, with its own.
    expect((await ask(dealsList, { quarter: "2025-Q3" })).rates).toEqual({ quarter: "2025-Q3", missing: [] });
    const rate = sql`quarter = '2025-Q3' and currency = 'EUR'`;
    const write = { actor: "system:test", request: "rates" };
    await guardedTransaction(client, write, (tx) => tx.execute(sql`delete from rates where ${rate}`));
    for (const limit of [1, 500])
      expect(await ask(dealsList, { quarter: "2025-Q3", limit })).toMatchObject({
        sum: null,
        rates: { quarter: "2025-Q3", missing: ["EUR"] },
      });
    await guardedTransaction(client, write, (tx) =>
      tx.execute(sql`insert into rates (quarter, currency, rate) values ('2025-Q3', 'EUR', 1.0835)`),
    );
  });

  it("adds up one currency as it is", async () => {
    const usd = (await ask(dealsList, { limit: 500 })).rows.filter(({ currency }) => currency === "EUR");
    const { sum } = await ask(dealsList, { search: "Account 5", limit: 500 });
    const matching = usd.filter(({ account }) => account === "Account 5");
    expect(sum).toEqual({ amount: matching.reduce((all, row) => all + row.amount, 0), currency: "EUR" });
  });

  it("says what is wrong with a deal and whether its work is proven", async () => {
    const { rows } = await ask(dealsList, { limit: 500 });
    for (const row of rows) {
      expect(row.status === "unanswered").toBe(row.state !== "open" && !row.attributionConfirmed);
      if (row.status === "disputed") expect(row.disputed).toBe(true);
      const number = Number(row.id.slice(-2));
      expect(row.proof).toBe(number % 9 >= 4 ? "none" : number % 3 > 0 ? "proven" : "missing");
    }
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(DEAL_STATUSES));
  });
});

describe("numbers", () => {
  it("opens every figure to exactly the deals it is made of, and they add up to it", async () => {
    let opened = 0;
    for (const quarter of ["2025-Q2", "2026-Q1", "2026-Q2"]) {
      const { headline, beside } = await ask(numbers, { quarter });
      for (const metric of [...headline, ...beside]) {
        for (const figure of metric.figures) {
          for (const { part, deals } of figure.opens) {
            const { total, sum, rows } = await ask(dealsList, {
              quarter,
              number: metric.key,
              part,
              limit: 500,
            });
            expect(total, `${quarter} ${metric.key} ${part}`).toBe(deals);
            expect(rows.length).toBe(deals);
            if (
              figure.unit === "money" &&
              figure.opens.length === 1 &&
              figure.adds === "amount" &&
              typeof figure.value === "number" &&
              !/edian/.test(figure.name)
            ) {
              expect(sum, `${quarter} ${metric.key} ${figure.key}`).toEqual({
                amount: figure.value,
                currency: "USD",
              });
              opened++;
            }
            if (figure.unit === "deals" && typeof figure.value === "number") expect(total).toBe(figure.value);
          }
          if (figure.opens.length > 0 && figure.opens.length < 3) {
            const part = figure.opens.map((one) => one.part).join(",");
            const asked = { quarter, number: metric.key, part, figure: figure.key, limit: 500 } as const;
            const { opened: of, rows } = await ask(dealsList, { ...asked, sort: "set", dir: "asc" });
            expect(of?.value, `${quarter} ${metric.key} ${figure.key}`).toEqual(figure.value);
            const sets = rows.map(({ set }) => set);
            expect(sets.every((set) => (set === null) === (figure.opens.length === 1))).toBe(true);
            // Each set stands together: it begins once.
            const begins = sets.filter((set, at) => at === 0 || set !== sets[at - 1]);
            expect(begins).toEqual([...new Set(sets)]);
          }
          if (figure.opens.length < 2) continue;
          const part = figure.opens.map((one) => one.part).join(",");
          const { total, rows } = await ask(dealsList, { quarter, number: metric.key, part, limit: 500 });
          const each = await Promise.all(
            figure.opens.map((one) =>
              ask(dealsList, { quarter, number: metric.key, part: one.part, limit: 500 }),
            ),
          );
          const ids = new Set(each.flatMap((list) => list.rows.map(({ id }) => id)));
          expect(new Set(rows.map(({ id }) => id)), `${quarter} ${metric.key} ${part}`).toEqual(ids);
          expect(total).toBe(ids.size);
        }
      }
    }
    expect(opened).toBeGreaterThan(10);
  });

  it("is the same on every surface, and judged for the occasion the same as stored", async () => {
    const { headline } = await ask(numbers, { quarter: "2026-Q1" });
    const stored = await printedNumbers(client.db, "2026-Q1", { today: TODAY });
    const judged = await printedNumbers(client.db, "2026-Q1", { today: TODAY, asOf: TODAY });
    const same = await printedNumbers(client.db, "2026-Q1", {
      today: TODAY,
      policyOverride: PRESETS.two_bucket,
    });
    expect(judged).toEqual(stored);
    expect(same).toEqual(stored);
    const shown = headline.map(
      ({ figures, headline: large }) => figures.find(({ key }) => key === large)?.value,
    );
    expect(shown[0]).toBe(stored.sourcedPipeline.amount);
    expect(shown[1]).toBe(stored.influencedWinRate.rate);
    const strict = { ...PRESETS.two_bucket, motions: [] };
    const other = await printedNumbers(client.db, "2026-Q1", { today: TODAY, policyOverride: strict });
    expect(other.influencedWinRate.deals).toBe(0);
    expect(stored.influencedWinRate.deals).toBeGreaterThan(0);
  });

  it("names a missing rate instead of guessing", async () => {
    await guardedTransaction(client, { actor: "system:test", request: "no-rate" }, (tx) =>
      tx.execute(sql`delete from rates where quarter = '2025-Q1'`),
    );
    const { headline } = await ask(numbers, { quarter: "2025-Q1" });
    const missing = { undefined: "missing_rate", currency: "EUR" };
    expect(headline[0]?.figures[0]?.value).toMatchObject(missing);
    // What counts deals needs no rate.
    expect(headline[1]?.figures[0]?.value).not.toMatchObject({ undefined: "missing_rate" });
    const later = await ask(numbers, { quarter: "2025-Q4" });
    expect(later.headline[0]?.series.find(({ quarter }) => quarter === "2025-Q1")?.value).toMatchObject({
      undefined: "missing_rate",
    });
  });

  it("refuses a number, a part or a quarter that does not exist", async () => {
    await expect(ask(dealsList, { quarter: "2026-Q1", number: "luck" })).rejects.toMatchObject({
      field: "number",
    });
    await expect(
      ask(dealsList, { quarter: "2026-Q1", number: "sourcedPipeline", part: "luck" }),
    ).rejects.toMatchObject({ field: "part" });
    await expect(ask(dealsList, { number: "sourcedPipeline" })).rejects.toMatchObject({ field: "quarter" });
  });
});

describe("one deal", () => {
  it("judges as stored", async () => {
    const stored = new Map((await ask(dealsList, { limit: 500 })).rows.map((row) => [row.id, row.outcome]));
    let judged = 0;
    for await (const batch of judgedUnder(client.db, { asOf: TODAY })) {
      for (const { deal, result } of batch) expect(stored.get(deal.id), deal.id).toBe(result.outcome);
      judged += batch.length;
    }
    expect(judged).toBe(DEALS);
  });

  it("explains itself under its policy and through the four lenses", async () => {
    const found = await ask(why, { dealId: "D-0006" });
    expect(found.result.outcome).toBe("sourced");
    expect(found.result).toEqual(found.lenses.two_bucket);
    expect(found.policy).toMatchObject({ model: "two_bucket", signed: null });
    expect(found.names.partners).toEqual({ "P-1": "Northwind" });
    expect(found.names.facts["R-D-0006"]).toBe("Registration, 13 Jan 2025");
    expect(found.measures["P-1"]?.find(({ test }) => test === "gate")).toMatchObject({ state: "passed" });
    expect(found.forecast).toBe("closed");
    expect((await ask(why, { dealId: "D-0223" })).forecast).not.toBe("closed");
    await expect(ask(why, { dealId: "D-none" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("says what each person may do, and the door agrees", async () => {
    const id = await openDealWithUnconfirmedRow("Bob");
    const ann = await ask(deal, { dealId: id }, "ae");
    const [row] = ann.roles;
    expect(row?.may.confirm).toMatch(/Only the deal's own AE, Bob/);
    expect(ann.may.tag).toMatch(/Bob/);
    await expect(perform(confirmRole, { rowId: row?.id }, doAs("ae"))).rejects.toMatchObject({
      code: "forbidden",
      rule: row?.may.confirm,
    });
    expect((await ask(deal, { dealId: id }, "admin")).roles[0]?.may.confirm).toBe(true);
    expect((await ask(deal, { dealId: id }, "partner_manager")).may).toMatchObject({
      tag: true,
      logActivity: true,
    });
    expect((await ask(deal, { dealId: id }, "auditor")).may.tag).toBe("Auditor may not name partners");
  });

  it("is locked after its close, and says why", async () => {
    expect((await ask(deal, { dealId: "D-0004" })).locked).toMatch(/^The deal was won on \d+ Jan 2025/);
    expect((await ask(deal, { dealId: "D-0003" })).locked).toBeNull();
  });

  it("tells its story newest first", async () => {
    const { timeline, path } = await ask(deal, { dealId: "D-0012" });
    const days = timeline.map(({ on }) => on);
    expect(days).toEqual([...days].sort().reverse());
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["stage", "activity", "registration", "role", "closed"]),
    );
    expect(path[0]).toEqual({ stage: 1, enteredOn: "2025-01-27", days: 2 });
  });
});

describe("who may read what", () => {
  it.each([
    ["people-list", (who: UserRole) => ask(peopleList, {}, who), ["admin", "auditor"]],
    [
      "the whole audit log",
      (who: UserRole) => ask(auditLog, {}, who),
      ["finance", "cro", "admin", "auditor"],
    ],
    [
      "a deal's audit log",
      (who: UserRole) => ask(auditLog, { dealId: "D-0003" }, who),
      [...people.keys(), "ae"],
    ],
  ] as const)("%s", async (_what, read, allowed) => {
    for (const who of people.keys()) {
      const may = (allowed as readonly string[]).includes(who) || allowed.length === 1;
      if (may) await expect(read(who)).resolves.toBeDefined();
      else await expect(read(who), who).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("me tells the permissions of my role", async () => {
    expect(await ask(me, {}, "ae")).toMatchObject({
      user: { role: "ae", ownerName: "Ann" },
      may: { "role.confirm": "own" },
      quarter: "2026-Q2",
    });
    expect((await ask(me, {}, "auditor")).may).toEqual({
      "account.keep": "own",
      "audit.read": "any",
      "sample.keep": "any",
    });
  });

  it("pages through the audit log without gap or repeat", async () => {
    const seen: number[] = [];
    for (let before: number | undefined; ; ) {
      const { entries, next } = await ask(auditLog, { before, limit: 2 }, "auditor");
      seen.push(...entries.map(({ id }) => id));
      if (next === null) break;
      before = next;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect(seen.length).toBeGreaterThan(5);
  });
});

describe("smaller reads", () => {
  it("finds where a proof was used before", async () => {
    const { duplicates } = await ask(proofCheck, { proof: " https://proof.test/D-0010 " });
    expect(duplicates).toMatchObject([{ activityId: "A-D-0010", dealId: "D-0010" }]);
    expect((await ask(proofCheck, { proof: "https://new.test/" })).duplicates).toEqual([]);
  });

  it("counts a partner's deals by what it earned, never added", async () => {
    const { partners } = await ask(partnersList, {});
    const { total } = await ask(dealsList, { partnerId: "P-1" });
    expect(partners.find(({ id }) => id === "P-1")).toMatchObject({
      deals: total,
      name: "Northwind",
      owner: "The partner_manager",
    });
    expect((await ask(partnersList, { search: "%" })).partners.map(({ id }) => id)).toEqual(["P-2"]);
  });

  it("shows those in a program first, each with its days, and finds the others by name", async () => {
    const { partners, count, listed } = await ask(partnerPrograms, {});
    expect(partners.map(({ id, programs }) => [id, programs])).toEqual([
      [
        "P-1",
        [
          { name: "launch", label: "launch", from: "2026-01-01", to: null, grantedBy: "The finance" },
          { name: "launch", label: "launch", from: "2024-01-01", to: "2024-12-31", grantedBy: null },
        ],
      ],
      ["P-2", []],
    ]);
    expect(count).toBe((await ask(partnersList, {})).partners.length);
    expect(listed).toEqual([{ name: "pe_vc_pricing", label: "PE / VC pricing" }]);
    const [found] = (await ask(partnerPrograms, { search: "%" })).partners;
    expect(found).toMatchObject({ id: "P-2", may: { grant: expect.any(String) } });
  });
});

let made = 0;

/** A new open deal of that owner at stage 2, with one row that waits for its AE. */
async function openDealWithUnconfirmedRow(owner: string): Promise<string> {
  const id = `N-${made++}`;
  await guardedTransaction(client, { actor: "system:test", request: id }, async (tx) => {
    await tx.execute(sql`insert into deals (id, account, owner, amount, currency, type, route, created_on, outcome)
      values (${id}, 'New', ${owner}, 100, 'USD', 'new', 'direct', ${TODAY}, 'open')`);
    await tx.execute(
      sql`insert into stage_entries (deal_id, seq, stage, entered_on) values (${id}, 1, 2, ${TODAY})`,
    );
    await tx.execute(sql`insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, recorded_by)
      values (${`T-${id}`}, ${id}, 'P-2', 'influencer', 2, ${TODAY}, ${TODAY}, 'U-partner_manager')`);
  });
  return id;
}
