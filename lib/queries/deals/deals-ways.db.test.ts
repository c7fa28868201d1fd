import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { type Client, connect, type Db } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import { addDays } from "@/lib/calendar";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { judgeStale } from "@/lib/judging/judge";
import { judgeAll } from "@/lib/judging/judge-all";
import { checkProjections } from "@/lib/judging/rebuild";
import { dealsList } from "./deals-list";
import type { DealLine } from "./deals-page";

const TODAY = "2026-05-20";
const DEALS = 160;
/** More than are walked one by one. */
const PARTNERS = 45;
const MANAGER: Actor = {
  id: "user:U-pm",
  userId: "U-pm",
  name: "Pam",
  role: "partner_manager",
  ownerName: null,
};
/** Who owns deals and looks after partners as well. */
const BOTH: Actor = { ...MANAGER, ownerName: "Ann" };
let client: Client;
/** One session, whose planner walks indexes wherever they fit: a scene this small has no need of them. */
let walking: Client;

const list = (asked: z.input<typeof dealsList.input>, actor = COMMAND_LINE, db: Db = client.db) =>
  dealsList.run({ db, actor, today: TODAY }, dealsList.input.parse({ limit: 500, ...asked }));

/** All pages of a list, a few deals each. */
async function paged(asked: z.input<typeof dealsList.input>, actor = COMMAND_LINE): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await list({ ...asked, after, limit: 7 }, actor);
    ids.push(...rows.map(({ id }) => id));
    if (next === null) return ids;
    after = next;
  }
}

/** The indexes that a list's statements are planned by, in their order. */
async function indexesOf(asked: z.input<typeof dealsList.input>, actor = COMMAND_LINE): Promise<string[]> {
  const plans: string[] = [];
  const explaining = new Proxy(walking.db, {
    get: (db, name) =>
      name === "execute"
        ? async (statement: Parameters<Db["execute"]>[0]) => {
            const plan = await db.execute<{ "QUERY PLAN": string }>(sql`explain ${statement}`);
            plans.push([...plan].map((line) => line["QUERY PLAN"]).join("\n"));
            return db.execute(statement);
          }
        : Reflect.get(db, name),
  });
  await list({ ...asked, limit: 5 }, actor, explaining);
  return plans.flatMap((plan) => [...plan.matchAll(/using (\w+)/g)].map(([, index]) => index!));
}

beforeAll(async () => {
  const { url } = await testDatabase();
  client = connect(url);
  walking = connect(url, { max: 1 });
  await walking.db.execute(
    sql`select set_config(name, 'off', false) from unnest(array['enable_seqscan', 'enable_sort', 'enable_bitmapscan',
      'enable_hashjoin', 'enable_mergejoin']) name`,
  );
  const user = { id: "U-pm", email: "pm@x.test", name: "Pam", role: "partner_manager", ownerName: null };
  await perform(createUser, user, { actor: COMMAND_LINE, client });
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind, owner_id)
      select 'P-' || n, case when n < 3 then 'Quillon ' else 'Harrow ' end || n, 'integrator', case when n % 4 = 1 then 'U-pm' end
      from generate_series(1, ${PARTNERS}) n`);
    // Several deals a day, so that ids settle ties; of the open ones some say when they are to close.
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome, expected_close_on)
      select 'D-' || lpad(n::text, 4, '0'), case when n % 10 = 0 then 'Quillon House' else 'Account ' || n end,
        case when n % 6 = 0 then 'Ann' else 'Bob' end, n * 1000, 'USD', 'new', 'direct', date '2026-01-01' + n / 3,
        case when n % 4 < 2 then date '2026-03-01' + n / 4 end,
        (case n % 4 when 0 then 'won' when 1 then 'lost' else 'open' end)::deal_outcome,
        case when n % 4 = 2 then ${TODAY}::date + n end
      from generate_series(1, ${DEALS}) n`);
    await tx.execute(sql`insert into stage_entries (deal_id, seq, stage, entered_on)
      select id, 1, right(id, 1)::int % 6, created_on from deals`);
    // One to three partners a deal, the first few of them on many.
    await tx.execute(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on)
      select id || '-' || p, id, 'P-' || p, 'influencer', 0, created_on, created_on
      from deals, unnest(array[1 + right(id, 3)::int % 5, 6 + right(id, 3)::int % 40]) p where right(id, 1)::int % 7 > 0`);
  });
  await judgeAll(client, TODAY);
});
afterAll(() => Promise.all([client.close(), walking.close()]));

const isOf = (partners: readonly number[]) => (row: DealLine) =>
  row.partners.some(({ id }) => partners.includes(Number(id.slice(2))));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const managed = numbers(1, PARTNERS).filter((n) => n % 4 === 1);
const isQuillon = (row: DealLine) => row.account === "Quillon House" || isOf([1, 2])(row);

describe("deals of partners", () => {
  it.each<[string, z.input<typeof dealsList.input>, Actor, (row: DealLine) => boolean]>([
    ["of one", { partnerId: "P-2" }, COMMAND_LINE, isOf([2])],
    [
      "of one, open",
      { partnerId: "P-2", state: "open" },
      COMMAND_LINE,
      (row) => isOf([2])(row) && row.state === "open",
    ],
    [
      "of one, won",
      { partnerId: "P-2", state: "won" },
      COMMAND_LINE,
      (row) => isOf([2])(row) && row.state === "won",
    ],
    [
      "of one, by one owner",
      { partnerId: "P-2", owner: "Ann" },
      COMMAND_LINE,
      (row) => isOf([2])(row) && row.owner === "Ann",
    ],
    ["mine, a manager's", { scope: "mine" }, MANAGER, isOf(managed)],
    [
      "mine, a manager's open ones",
      { scope: "mine", state: "open" },
      MANAGER,
      (row) => isOf(managed)(row) && row.state === "open",
    ],
    [
      "mine, as owner or by partners",
      { scope: "mine" },
      BOTH,
      (row) => row.owner === "Ann" || isOf(managed)(row),
    ],
    [
      "mine, of one partner",
      { scope: "mine", partnerId: "P-11" },
      MANAGER,
      (row) => isOf(managed)(row) && isOf([11])(row),
    ],
    ["named so, or at an account named so", { search: "quillon" }, COMMAND_LINE, isQuillon],
    [
      "mine, named so",
      { scope: "mine", search: "quillon" },
      MANAGER,
      (row) => isQuillon(row) && isOf(managed)(row),
    ],
    [
      "named so, by one owner",
      { search: "quillon", owner: "Ann" },
      COMMAND_LINE,
      (row) => isQuillon(row) && row.owner === "Ann",
    ],
    ["of more than are walked", { search: "harrow" }, COMMAND_LINE, isOf(numbers(3, PARTNERS))],
  ])("%s: each once, in both orders, counted and added up", async (_, asked, actor, keeps) => {
    const all = (await list({})).rows;
    expect(all).toHaveLength(DEALS);
    const expected = all.filter(keeps);
    expect(expected.length).toBeGreaterThan(3);
    const ids = expected.map(({ id }) => id);
    expect(await paged(asked, actor)).toEqual(ids);
    expect(await paged({ ...asked, dir: "asc" }, actor)).toEqual(ids.toReversed());
    expect((await paged({ ...asked, sort: "amount" }, actor)).sort()).toEqual(ids.toSorted());
    const first = await list({ ...asked, limit: 1 }, actor);
    const amount = expected.reduce((sum, row) => sum + row.amount, 0);
    expect(first).toMatchObject({ total: ids.length, more: false, sum: { amount, currency: "USD" } });
  });

  it("are walked by an index in their order, open ones by one of their own", async () => {
    expect(await indexesOf({ partnerId: "P-2" })).toContain("partner_outcomes_newest");
    expect(await indexesOf({ scope: "mine", state: "open" }, MANAGER)).toContain("partner_outcomes_open");
    for (const asked of [{ partnerId: "P-2" }, { search: "quillon" }])
      expect(await indexesOf(asked)).not.toContain("judged_deals_partners");
  });
});

describe("what closes soon", () => {
  it("is kept of the day, and judged again on the day on which it begins", async () => {
    const day = addDays(TODAY, 12);
    const soon = async () => (await list({ closingSoon: true })).rows.map(({ id }) => id).sort();
    const open = (await list({ state: "open" })).rows;
    const closes = (on: string) =>
      open
        .filter((row) =>
          row.expectedCloseOn ? addDays(row.expectedCloseOn, -30) <= on : row.stage === 4 || row.stage === 5,
        )
        .map(({ id }) => id)
        .sort();
    expect(await soon()).toEqual(closes(TODAY));
    expect(closes(day).length).toBeGreaterThan(closes(TODAY).length);
    expect(closes(TODAY).length).toBeGreaterThan(0);
    await judgeStale(client, day);
    expect(await soon()).toEqual(closes(day));
    expect(await checkProjections(client, day)).toBeNull();
  });

  it("is walked by indexes of its own, and the order by expected close too", async () => {
    expect(await indexesOf({ closingSoon: true })).toContain("judged_deals_closing");
    for (const asked of [{}, { state: "open" as const }])
      expect(await indexesOf({ ...asked, sort: "expectedOn" })).toContain("judged_deals_expected");
  });

  it.each([
    [
      "a day expected that the deal does not say",
      sql`update judged_deals set expected_on = '2030-01-01' where deal_id = 'D-0002'`,
    ],
    [
      "closing soon what does not",
      sql`update judged_deals set closes_soon = not closes_soon where deal_id = 'D-0002'`,
    ],
    [
      "a partner's deal under another day",
      sql`update partner_outcomes set created_on = '2020-01-01' where deal_id = 'D-0002'`,
    ],
    [
      "a partner's deal in another state",
      sql`update partner_outcomes set state = 'won' where deal_id = 'D-0002'`,
    ],
  ])("is checked: %s", async (_, wrong) => {
    const asJudge = { actor: "system:judge", request: "wrong" };
    const day = addDays(TODAY, 12);
    await guardedTransaction(client, asJudge, (tx) => tx.execute(wrong));
    expect((await checkProjections(client, day))?.at).toMatch(/^D-0002/);
    await judgeAll(client, day);
    expect(await checkProjections(client, day)).toBeNull();
  });
});

describe("a deal's whole id", () => {
  it("finds that deal, any case, and no account that holds it", async () => {
    expect(await paged({ search: "d-0010" })).toEqual(["D-0010"]);
    expect(await indexesOf({ search: "d-0010" })).not.toContain("judged_deals_words");
    // What is no id is looked for everywhere.
    expect((await paged({ search: "D-001" })).length).toBe(10);
  });
});
