import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { addDays, mondayOf, quarterOf } from "@/lib/calendar";
import { beginDemo } from "@/lib/commands/company/begin-demo";
import { createUser } from "@/lib/commands/company/create-user";
import { removeDemo } from "@/lib/commands/company/remove-demo";
import { perform } from "@/lib/commands/door";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { tellWhereAsked } from "@/lib/jobs/tell-demo";
import { firstSteps } from "@/lib/queries/company/first-steps";
import { compensationPlans } from "@/lib/queries/compensation/compensation-plans";
import { forecastWeeks } from "@/lib/queries/forecast/forecast-weeks";
import { inbox } from "@/lib/queries/inbox/inbox";
import { answer } from "@/lib/queries/query";
import { targets } from "@/lib/queries/target/targets";

/** The database knows what day it is: a policy is signed on no other. */
const TODAY = companyDay(Date.now(), "UTC");
const ADMIN = { ...COMMAND_LINE, id: "user:adm", userId: "adm" };
let client: Client;
beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 6 });
  await add("adm", "admin");
});
afterAll(() => client.close());

const say = (verb: AnyVerb, input: unknown) =>
  perform(verb, input, { actor: COMMAND_LINE, client, today: TODAY });
const add = (id: string, role: string) =>
  say(createUser, { id, role, name: `Person ${id}`, email: `${id}@x.test` });
const found = () => answer(firstSteps, {}, { db: client.db, actor: ADMIN, today: TODAY });

test("the demo is told by the house once it was asked for, and only then", async () => {
  expect(await found()).toMatchObject({ demo: { state: "none", mayBegin: true } });
  expect(await tellWhereAsked(client, TODAY)).toBe(false);

  await say(beginDemo, {});
  expect((await found()).demo).toEqual({
    state: "telling",
    deals: 0,
    mayBegin: "The demo is told in an empty database, and this one has the demo",
  });
  expect(await tellWhereAsked(client, TODAY)).toBe(true);
  const { demo, memo, people } = await found();
  expect(demo).toMatchObject({ state: "told", mayBegin: expect.stringContaining("this one has the demo") });
  expect(demo.deals).toBeGreaterThan(0);
  expect(memo).toEqual({ state: "signed", signatures: 3 });
  expect(people.missing).toEqual([]);
  expect(await tellWhereAsked(client, TODAY)).toBe(false);
}, 180_000);

test("a stranger finds targets, weeks of the forecast, one of them signed, and a plan with what it paid", async () => {
  const context = { db: client.db, actor: ADMIN, today: TODAY };
  const [pace, weeks, plans] = await Promise.all([
    targets.run(context, { quarter: quarterOf(TODAY).label }),
    forecastWeeks.run(context, {}),
    compensationPlans.run(context, {}),
  ]);
  for (const line of ["sourced", "influenced"] as const) {
    const own = pace.targets.filter((one) => one.line === line);
    expect(own.length).toBeGreaterThan(2);
    for (const { target } of own) expect(target).toBeGreaterThan(0);
  }
  expect(weeks.weeks.length).toBeGreaterThan(2);
  expect(weeks.weeks.filter(({ signed }) => signed !== null)).toHaveLength(1);
  expect(new Set(weeks.weeks.map(({ commit }) => commit.weighted)).size).toBeGreaterThan(1);
  expect(plans.plans).toHaveLength(1);
  expect(plans.plans[0]!.signed).toBe(true);
  const paid = await client.db.execute(sql`select quarter from compensation_payments`);
  const frozen = await client.db.execute(sql`select quarter from sealed_quarters`);
  expect(paid).toHaveLength(frozen.length);
});

test("told, two AEs are asked in which role a partner came: one by a registration, one by a motion", async () => {
  const context = { db: client.db, actor: ADMIN, today: TODAY };
  const input = { scope: "all", kind: "role_asked", snoozed: false, limit: 9 } as const;
  const { items } = await answer(inbox, input, context);
  const asked = items.filter((item) => item.kind === "role_asked");
  expect(asked.map(({ moment, role, deal }) => [deal?.id, moment, role])).toEqual([
    ["D-2045", "motion", "co_seller"],
    ["D-2044", "registration", "sourcer"],
  ]);
  expect(new Set(asked.map(({ owner }) => owner?.id)).size).toBe(2);
});

test("told, it has counted what was left in the inbox at the end of each of twelve weeks", async () => {
  const weeks = await client.db.execute<{ week: string; left: number }>(sql`
    select w.week::text as week, coalesce(sum(c.items), 0)::int as left from inbox_weeks w
    left join inbox_week_counts c on c.week = w.week where w.counted_on = w.week + 6 group by 1 order by 1`);
  const last = mondayOf(TODAY);
  expect([...weeks].map(({ week }) => week)).toEqual(
    Array.from({ length: 12 }, (_, at) => addDays(last, 7 * (at - 12))),
  );
  expect(new Set([...weeks].map(({ left }) => left)).size).toBeGreaterThan(3);
});

test("told, a silent partner's selling play is under way, its first step done, and goes with the demo", async () => {
  const plays = () =>
    client.db.execute<{ age: number; done: number; open: number; clients: number }>(sql`
      select ${TODAY}::date - y.started_on as age, count(*) filter (where s.done_on is not null)::int as done,
        count(*) filter (where s.done_on is null and s.closed_on is null)::int as open,
        (select count(*)::int from selling_play_clients c where c.play_id = y.id) as clients
      from selling_plays y join joint_steps s on s.play_id = y.id where y.decision is null group by y.id`);
  const [play, ...others] = await plays();
  expect(others).toEqual([]);
  expect(play).toMatchObject({ done: 1, open: expect.any(Number) });
  expect(play!.open).toBeGreaterThan(1);
  // Its second week, or the day after a weekend.
  expect(play!.age).toBeGreaterThanOrEqual(11);
  expect(play!.age).toBeLessThanOrEqual(13);
  await say(removeDemo, {});
  expect([...(await plays())]).toEqual([]);
  const [left] = await client.db.execute(sql`
    select (select count(*)::int from partners) as partners, (select count(*)::int from inbox_weeks) as weeks`);
  expect(left).toEqual({ partners: 0, weeks: 0 });
});
