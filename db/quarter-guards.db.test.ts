// Long: each thing that the database refuses of cases, reviews and seals stands beside what it allows.
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreedForYears } from "../lib/commands/review/freeze.fixture";
import { testDatabase } from "./test-database";

/** What the database refuses of exceptions, votes, reviews and seals, its owner included. */
let owner: postgres.Sql;
let app: postgres.Sql;

beforeAll(async () => {
  const { url } = await testDatabase();
  owner = postgres(url, { max: 1, onnotice: () => {} });
  app = postgres(url, { max: 1, onnotice: () => {}, connection: { role: "countersign_app" } });
  await as(owner, "fay", STORY);
  await agreedForYears(url, { cro: "carl", finance: "fay", head_of_partnerships: "hope" });
  await as(owner, "fay", SEAL);
});
afterAll(async () => {
  await owner.end();
  await app.end();
});

/** Runs statements as one transaction of that person, like a guarded one. */
const as = (sql: postgres.Sql, person: string, statements: string) =>
  sql
    .unsafe(`begin; select set_config('countersign.actor', 'user:${person}', true),
      set_config('countersign.request', 'R-1', true); ${statements}; commit`)
    .catch(async (error) => {
      await sql.unsafe("rollback");
      throw error;
    });

const user = (id: string, role: string) =>
  `insert into users (id, name, email, role, password_hash) values ('${id}', '${id}', '${id}@company.example', '${role}', 'x')`;
const exception = (id: string, fields: Record<string, string> = {}) => {
  const row = {
    id: `'${id}'`,
    deal_id: "'D-1'",
    quarter: "'2026-Q1'",
    falls_on: "'2026-02-01'",
    kind: "'other'",
    origin: "'raised'",
    amount: "100",
    currency: "'USD'",
    facts: `'{"ids": []}'`,
    opened_on: "'2026-02-01'",
    ...fields,
  };
  return `insert into exceptions (${Object.keys(row)}) values (${Object.values(row)})`;
};
const vote = (
  exceptionId: string,
  person: string,
  side: string,
  decision = "'rule_upheld', null, null, null",
) =>
  `insert into exception_votes (exception_id, side, user_id, decision, partner_id, model, outcome, reason)
    values ('${exceptionId}', '${side}', '${person}', ${decision}, 'as agreed')`;
/** The head of partnerships, or finance, names who decides in their side's place, of one case or of all. */
const deputy = (id: string, person: string, side: string, by: string, exceptionId = "null") =>
  `insert into deputies (id, side, user_id, exception_id, named_by, named_on)
    values ('${id}', '${side}', '${person}', ${exceptionId}, '${by}', current_date)`;
const settle = (exceptionId: string, settlement: string, became = "null") =>
  `update exceptions set settled_at = now(), settled_on = current_date, settlement = '${settlement}', became = ${became}
    where id = '${exceptionId}'`;
const ruling = (id: string, { deal = "D-1", model = "two_bucket", outcome = "sourced" } = {}) =>
  `insert into rulings (id, deal_id, partner_id, model, outcome, decided_on)
    values ('${id}', '${deal}', 'P-1', '${model}', '${outcome}', current_date)`;
const seal = (
  quarter: string,
  by: string,
  {
    from = "'2025-10-01'",
    to = "'2025-12-31'",
    deals = "1",
    closed = "1",
    demo = "false",
    prepared = "hope",
  } = {},
) =>
  `insert into sealed_quarters (quarter, from_day, to_day, as_of, sealed_by, sealed_by_name, prepared_by,
      prepared_by_name, prepared_at, header, tally, deals, closed, digest, demo)
    values ('${quarter}', ${from}, ${to}, '2026-01-10', '${by}', '${by}', '${prepared}', '${prepared}', now(),
      '{}', '{}', ${deals}, ${closed}, repeat('0', 64), ${demo})`;
const sealedDeal = (quarter: string, dealId: string) =>
  `insert into sealed_deals (quarter, deal_id, document, owner, amount, currency, type, route, created_on, closed_on,
      state, stage, outcome, disputed, confirmed, confirmed_before_close, proof, status, partners, partner_ids, engaged_on,
      counts_as, cell, policy_hash)
    values ('${quarter}', '${dealId}', '{}', 'Ann', 100, 'USD', 'new', 'direct', '2025-11-01', '2025-12-01', 'won',
      1, 'none', false, false, false, 'none', 'unanswered', '[]', '{}', '{}', 'none/won/unconfirmed/none/none', 'new 0', repeat('0', 64))`;
/** All that a freeze of a quarter needs before it, prepared by the head of partnerships. */
const ready = (quarter: string) => [
  `insert into reviews (quarter, minutes, falls_on) values ('${quarter}', 'All were there.', '2025-12-31')`,
  `insert into cost_nones (quarter, side, category, said_on)
    select '${quarter}', side::cost_side, category, current_date from (values ('partner_program', 'headcount'),
      ('partner_program', 'technology'), ('partner_program', 'travel'), ('direct_sales', 'any')) as n (side, category)`,
  `insert into costs (quarter, side, category, amount, currency)
    values ('${quarter}', 'partner_program', 'Incentives', 1, 'USD')`,
  `insert into freeze_preparations (quarter, prepared_by, prepared_by_name, checklist, digest)
    values ('${quarter}', 'hope', 'hope', '[]', repeat('0', 64))`,
];

const STORY = [
  user("fay", "finance"),
  user("finn", "finance"),
  user("hope", "head_of_partnerships"),
  user("rita", "admin"),
  user("carl", "cro"),
  user("pam", "partner_manager"),
  `insert into users (id, name, email, role, password_hash, demo) values ('dora', 'dora', 'dora@demo.example', 'finance', 'x', true),
    ('dan', 'dan', 'dan@demo.example', 'head_of_partnerships', 'x', true)`,
  "insert into partners (id, name, kind) values ('P-1', 'One', 'agency')",
  `insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
    values ('D-1', 'Ann', 100, 'USD', 'new', 'direct', '2026-01-10', 'open')`,
  `insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome, demo)
    values ('D-real', 'Ann', 100, 'USD', 'new', 'direct', '2025-07-10', '2025-08-01', 'won', false),
      ('D-story', 'Ann', 100, 'USD', 'new', 'direct', '2025-04-10', '2025-05-01', 'won', true)`,
  `insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on, recorded_by)
    values ('T-1', 'D-1', 'P-1', 'sourcer', 1, '2026-01-10', '2026-01-10', 'hope')`,
  exception("E-1"),
  exception("E-raised", { raised_by: "'hope'" }),
  exception("E-recorded", { facts: `'{"ids": ["T-1"]}'` }),
  exception("E-ruled"),
  exception("E-deputy", { deferred_to: "'fay'", deferred_until: "'2026-03-01'" }),
  exception("E-withdrawn", { raised_by: "'carl'" }),
  exception("E-settled"),
  exception("E-found", { origin: "'found'", kind: "'marketplace'" }),
  exception("E-demo", { demo: "true" }),
  exception("E-last-year", { quarter: "'2025-Q4'", deferred_to: "'fay'", deferred_until: "'2026-03-01'" }),
  exception("E-carried", { deferred_to: "'fay'", deferred_until: "'2026-03-01'" }),
  "insert into exception_notes (id, exception_id, kind, text) values ('N-1', 'E-1', 'comment', 'so'), ('N-demo', 'E-demo', 'comment', 'so')",
  ...["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"].flatMap(ready),
  vote("E-settled", "fay", "finance"),
  "select set_config('countersign.actor', 'user:hope', true)",
  vote("E-settled", "hope", "partnerships"),
  settle("E-settled", "rule_upheld"),
].join(";");
/** The quarter that a real deal closed in. */
const OF_Q3 = { from: "'2025-07-01'", to: "'2025-09-30'" };
const SEAL = [seal("2025-Q4", "fay"), sealedDeal("2025-Q4", "D-1")].join(";");

describe("a deputy", () => {
  it.each([
    ["by somebody of no side", "carl", deputy("V-1", "pam", "partnerships", "carl")],
    ["by the other side", "fay", deputy("V-1", "pam", "partnerships", "fay")],
    ["in somebody else's name", "rita", deputy("V-1", "pam", "partnerships", "hope")],
    ["who stands on the other side", "hope", deputy("V-1", "fay", "partnerships", "hope")],
    ["who runs the system", "hope", deputy("V-1", "rita", "partnerships", "hope")],
  ])("is not named %s", async (_, person, statement) => {
    for (const sql of [owner, app])
      await expect(as(sql, person, statement)).rejects.toMatchObject({ code: "CS301" });
  });

  it("decides for their side, in the case they were named for alone, and is not rewritten or forgotten", async () => {
    await expect(as(app, "carl", vote("E-deputy", "carl", "partnerships"))).rejects.toMatchObject({
      code: "CS301",
    });
    await as(app, "hope", deputy("V-1", "carl", "partnerships", "hope", "'E-deputy'"));
    await as(app, "carl", vote("E-deputy", "carl", "partnerships"));
    for (const statement of [
      vote("E-deputy", "carl", "finance"),
      vote("E-ruled", "carl", "partnerships"),
      "update deputies set user_id = 'pam' where id = 'V-1'",
    ])
      await expect(as(owner, "carl", statement)).rejects.toMatchObject({ code: "CS301" });
    await expect(as(owner, "hope", "delete from deputies")).rejects.toMatchObject({ code: "CS102" });
    // Of one side where it matters, whoever else names them.
    await expect(as(app, "fay", deputy("V-2", "carl", "finance", "fay", "'E-deputy'"))).rejects.toMatchObject(
      { code: "CS301" },
    );
    await as(app, "fay", deputy("V-3", "carl", "finance", "fay", "'E-1'"));
    await as(app, "fay", "update deputies set ended_on = current_date, ended_by = 'fay' where id = 'V-3'");
  });
});

describe("withdrawing", () => {
  it("is for whoever raised it", async () => {
    for (const [person, id] of [
      ["fay", "E-raised"],
      ["hope", "E-found"],
    ] as const)
      await expect(as(owner, person, settle(id, "withdrawn"))).rejects.toMatchObject({ code: "CS301" });
    await as(app, "carl", settle("E-withdrawn", "withdrawn"));
    await expect(as(owner, "fay", vote("E-withdrawn", "fay", "finance"))).rejects.toMatchObject({
      code: "CS301",
    });
  });
});

describe("a vote", () => {
  it.each([
    ["for the other side", "fay", vote("E-1", "fay", "partnerships")],
    ["by somebody who decides for nobody", "rita", vote("E-1", "rita", "finance")],
    ["in somebody else's name", "rita", vote("E-1", "fay", "finance")],
    ["on one's own claim", "hope", vote("E-raised", "hope", "partnerships")],
    ["on a row one recorded", "hope", vote("E-recorded", "hope", "partnerships")],
    ["after it was settled", "finn", vote("E-settled", "finn", "finance")],
    [
      "changed after it was settled",
      "fay",
      "update exception_votes set decision = 'learning' where exception_id = 'E-settled' and side = 'finance'",
    ],
    ["taken back", "fay", "delete from exception_votes where exception_id = 'E-settled'"],
  ])("is refused %s", async (_, person, statement) => {
    for (const sql of [owner, app])
      await expect(as(sql, person, statement)).rejects.toMatchObject({ code: "CS301" });
  });

  it("is one a side and one a person", async () => {
    await as(owner, "fay", vote("E-1", "fay", "finance"));
    await expect(as(owner, "finn", vote("E-1", "finn", "finance"))).rejects.toMatchObject({ code: "23505" });
    await as(owner, "fay", "update users set role = 'head_of_partnerships' where id = 'fay'");
    await expect(as(owner, "fay", vote("E-1", "fay", "partnerships"))).rejects.toMatchObject({
      code: "CS301",
    });
    await as(owner, "fay", "update users set role = 'finance' where id = 'fay'");
  });
});

describe("a settlement", () => {
  it("needs both sides, and the same ruling from both", async () => {
    await expect(as(owner, "fay", settle("E-1", "rule_upheld"))).rejects.toMatchObject({ code: "CS301" });
    await as(owner, "fay", vote("E-ruled", "fay", "finance", "'ruling', 'P-1', 'two_bucket', 'sourced'"));
    await as(owner, "hope", vote("E-ruled", "hope", "partnerships", "'ruling', 'P-1', 'two_bucket', 'none'"));
    await expect(as(owner, "fay", settle("E-ruled", "ruling"))).rejects.toMatchObject({ code: "CS301" });
    await as(
      owner,
      "hope",
      "update exception_votes set outcome = 'sourced' where exception_id = 'E-ruled' and side = 'partnerships'",
    );
    for (const wrong of [
      ruling("X-1", { outcome: "none" }),
      ruling("X-1", { model: "lanes" }),
      ruling("X-1", { deal: "D-real" }),
      ruling("X-2"),
    ])
      for (const sql of [owner, app])
        await expect(
          as(sql, "fay", `${wrong}; ${settle("E-ruled", "ruling", "'X-1'")}`),
        ).rejects.toMatchObject({ code: "CS301" });
    await as(app, "fay", `${ruling("X-1")}; ${settle("E-ruled", "ruling", "'X-1'")}`);
  });

  it.each([
    ["an edited ruling", "CS102", "update rulings set outcome = 'none'"],
    ["a deleted ruling", "CS102", "delete from rulings where id = 'X-1'"],
    ["truncated rulings", "CS102", "truncate rulings"],
    ["a ruling that nobody decided", "CS301", ruling("X-3")],
  ])("stands, without %s", async (_, code, statement) => {
    await expect(as(owner, "fay", statement)).rejects.toMatchObject({ code });
    await expect(
      as(owner, "fay", `set local session_replication_role = replica; ${statement}`),
    ).rejects.toThrow();
  });

  it.each([
    [
      "undone",
      "update exceptions set settled_at = null, settled_on = null, settlement = null where id = 'E-settled'",
    ],
    ["changed", "update exceptions set settlement = 'learning' where id = 'E-settled'"],
    [
      "there from the start",
      exception("E-new", { settled_at: "now()", settled_on: "current_date", settlement: "'facts'" }),
    ],
    ["by facts, of what somebody raised", settle("E-1", "facts")],
  ])("is refused %s", async (_, statement) => {
    for (const sql of [owner, app])
      await expect(as(sql, "fay", statement)).rejects.toMatchObject({ code: "CS301" });
  });
});

describe("a decision", () => {
  it("becomes one ruling, and no second", async () => {
    for (const sql of [owner, app])
      await expect(
        as(sql, "fay", `${ruling("X-3")}; ${settle("E-ruled", "ruling", "'X-3'")}`),
      ).rejects.toMatchObject({ code: "CS301" });
  });
});

describe("the log", () => {
  it.each([
    ["a deletion", "delete from exceptions where id = 'E-1'"],
    [
      "a deletion of what was found and touched",
      "update exceptions set version = 2 where id = 'E-found'; delete from exceptions where id = 'E-found'",
    ],
    ["a truncation", "truncate exceptions cascade"],
    ["an edited note", "update exception_notes set text = 'not so' where id = 'N-1'"],
    ["a deleted note", "delete from exception_notes where id = 'N-1'"],
    ["truncated notes", "truncate exception_notes"],
  ])("refuses %s", async (_, statement) => {
    await expect(as(owner, "fay", statement)).rejects.toMatchObject({ code: "CS102" });
  });

  it.each([
    ["its claim", "claim = 'another'"],
    ["its facts", `facts = '{"ids": ["T-9"]}'`],
    ["its deal", "deal_id = 'D-9'"],
    ["who raised it", "raised_by = 'rita'"],
    ["that it is no demo", "demo = true"],
  ])("keeps %s", async (_, change) => {
    const statement = `update exceptions set ${change} where id = 'E-1'`;
    await expect(as(owner, "fay", statement)).rejects.toMatchObject({ code: "CS301" });
  });

  it("lets the story's cases go with the story, notes and all", async () => {
    await as(app, "rita", "delete from exceptions where demo");
    expect(await owner`select from exception_notes where id = 'N-demo'`).toHaveLength(0);
  });
});

const prepare = (person: string) =>
  `update freeze_preparations set prepared_by = '${person}' where quarter = '2025-Q3'`;
const without = (table: string) => `delete from ${table} where quarter = '2025-Q3'`;

describe("a frozen quarter", () => {
  it.each([
    ["a changed seal", "update sealed_quarters set digest = repeat('1', 64)"],
    ["a deleted seal", "delete from sealed_quarters"],
    ["a changed deal", "update sealed_deals set document = '{\"x\":1}'"],
    ["a deleted deal", "delete from sealed_deals"],
    ["a deal that comes later", sealedDeal("2025-Q4", "D-2")],
    [
      "a deal that is entered as closed in it, beside one that is not",
      `insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
        values ('D-open', 'Ann', 100, 'USD', 'new', 'direct', '2025-11-01', null, 'open'),
          ('D-late', 'Ann', 100, 'USD', 'new', 'direct', '2025-11-01', '2025-12-02', 'won')`,
    ],
    ["another ask", "update reviews set ask = 'more' where quarter = '2025-Q4'"],
    ["an exception that leaves it", "update exceptions set quarter = '2026-Q1' where id = 'E-last-year'"],
    ["an exception that comes to it", "update exceptions set quarter = '2025-Q4' where id = 'E-carried'"],
    ["an exception raised in it", exception("E-late", { quarter: "'2025-Q4'" })],
    ["a vote in it", vote("E-last-year", "fay", "finance")],
    ["an owner in it", "update exceptions set owner_id = 'fay' where id = 'E-last-year'"],
    [
      "a note in it",
      "insert into exception_notes (id, exception_id, kind, text) values ('N-9', 'E-last-year', 'comment', 'so')",
    ],
    ["another fiscal year", "update settings set fiscal_first_month = 2"],
    ["a fiscal year of whole weeks", "update settings set fiscal_ends_on = 'nearest_saturday'"],
    ["another reporting currency", "update settings set reporting_currency = 'EUR'"],
  ])("refuses %s", async (_, statement) => {
    await expect(as(owner, "fay", statement)).rejects.toMatchObject({ code: "CS302" });
    await expect(as(app, "fay", statement)).rejects.toThrow();
  });

  it.each(["sealed_quarters cascade", "sealed_deals"])("refuses to truncate %s", async (tables) => {
    await expect(as(owner, "fay", `truncate ${tables}`)).rejects.toMatchObject({ code: "CS102" });
  });

  it.each([
    "update sealed_deals set document = '{}'",
    "delete from sealed_deals",
    "delete from sealed_quarters",
  ])("refuses, to a session that plays the replica too: %s", async (statement) => {
    const replica = `set local session_replication_role = replica; ${statement}`;
    await expect(as(owner, "fay", replica)).rejects.toMatchObject({ code: "CS302" });
    expect(await owner`select from sealed_deals`).toHaveLength(1);
  });

  it.each([
    ["by somebody else than finance", "rita", seal("2026-Q1", "rita")],
    ["in somebody else's name", "rita", seal("2026-Q1", "fay")],
    ["that is not over", "fay", seal("2026-Q1", "fay", { to: "current_date" })],
    ["with open exceptions", "fay", seal("2026-Q1", "fay")],
    ["without the deals it names", "fay", seal("2025-Q3", "fay", { deals: "2" })],
    [
      "with other closed deals than it names",
      "fay",
      [seal("2025-Q3", "fay", { closed: "2" }), sealedDeal("2025-Q3", "D-1")].join(";"),
    ],
    [
      "by whoever prepared it",
      "fay",
      [prepare("fay"), seal("2025-Q3", "fay", { prepared: "fay" })].join(";"),
    ],
    ["over somebody else's preparation", "fay", seal("2025-Q3", "fay", { prepared: "rita" })],
    ["that nobody prepared", "fay", `${without("freeze_preparations")}; ${seal("2025-Q3", "fay")}`],
    ["without a closed deal", "fay", seal("2025-Q3", "fay", { closed: "0", deals: "0" })],
    [
      "without minutes",
      "fay",
      `update reviews set minutes = ' ' where quarter = '2025-Q3'; ${seal("2025-Q3", "fay")}`,
    ],
    [
      "with a cost category that nobody said anything of",
      "fay",
      `${without("costs")}; ${seal("2025-Q3", "fay")}`,
    ],
    ["by somebody of the demo, where a real deal closed", "dora", seal("2025-Q3", "dora", OF_Q3)],
    [
      "over what somebody of the demo prepared, where a real deal closed",
      "fay",
      `update freeze_preparations set prepared_by = 'dan' where quarter = '2025-Q3';
        ${seal("2025-Q3", "fay", { ...OF_Q3, prepared: "dan" })}`,
    ],
    [
      "as a part of the story, with a real deal in it",
      "fay",
      [seal("2025-Q3", "fay", { demo: "true" }), sealedDeal("2025-Q3", "D-real")].join(";"),
    ],
    ["with no word of direct sales", "fay", `${without("cost_nones")}; ${seal("2025-Q3", "fay")}`],
  ])("is not sealed %s", async (_, person, statement) => {
    await expect(as(owner, person, statement)).rejects.toMatchObject({ code: "CS302" });
  });

  it("of the story goes with the story", async () => {
    const story = [seal("2025-Q2", "fay", { demo: "true" }), sealedDeal("2025-Q2", "D-story")].join(";");
    await as(app, "fay", story);
    await as(app, "rita", "delete from sealed_quarters where demo");
    expect(await owner`select from sealed_deals where quarter = '2025-Q2'`).toHaveLength(0);
  });
});
