import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "./test-database";

/** The owner is bound by triggers and constraints like everybody; `app` is the application. */
let url: string;
let owner: postgres.Sql;
let app: postgres.Sql;

beforeAll(async () => {
  url = (await testDatabase()).url;
  owner = postgres(url, { max: 1, onnotice: () => {} });
  app = postgres(url, { max: 1, onnotice: () => {}, connection: { role: "countersign_app" } });
  await inContext(owner, STORY);
});
afterAll(async () => {
  await owner.end();
  await app.end();
});

/** Runs statements as one transaction with a context, like a guarded one. */
const inContext = (sql: postgres.Sql, statements: string) =>
  sql
    .unsafe(`begin; select set_config('countersign.actor', 'user:U-1', true),
    set_config('countersign.request', 'R-1', true); ${statements}; commit`)
    .catch(async (error) => {
      await sql.unsafe("rollback");
      throw error;
    });

const deal = (fields: Record<string, string> = {}) => {
  const row = {
    id: "'D-9'",
    owner: "'Ann'",
    amount: "100",
    currency: "'USD'",
    type: "'new'",
    route: "'direct'",
    created_on: "'2026-01-10'",
    outcome: "'open'",
    ...fields,
  };
  return `insert into deals (${Object.keys(row)}) values (${Object.values(row)})`;
};
const role = (fields: Record<string, string> = {}) => {
  const row = {
    id: "'T-9'",
    deal_id: "'D-1'",
    partner_id: "'P-1'",
    role: "'sourcer'",
    touch_stage: "1",
    touched_on: "'2026-01-10'",
    recorded_on: "'2026-01-10'",
    ...fields,
  };
  return `insert into role_rows (${Object.keys(row)}) values (${Object.values(row)})`;
};
const activity = (fields: Record<string, string> = {}) => {
  const row = {
    id: "'A-9'",
    deal_id: "'D-1'",
    partner_id: "'P-1'",
    type: "'joint_pitch'",
    stage: "2",
    occurred_on: "'2026-01-10'",
    recorded_on: "'2026-01-11'",
    involvement: "'direct'",
    ...fields,
  };
  return `insert into activities (${Object.keys(row)}) values (${Object.values(row)})`;
};
const entry = (fields: Record<string, string> = {}) => {
  const row = {
    actor: "'user:U-1'",
    action: "'x'",
    request: "'R-1'",
    subject_kind: "'deal'",
    subject_id: "'D-1'",
    ...fields,
  };
  return `insert into audit_log (${Object.keys(row)}) values (${Object.values(row)})`;
};

const STORY = [
  "insert into partners (id, name, kind) values ('P-1', 'One', 'agency'), ('P-2', 'Two', 'agency')",
  deal({ id: "'D-1'" }),
  deal({ id: "'D-demo'", demo: "true" }),
  role({ id: "'T-1'", role: "'influencer'" }),
  `insert into rulings (id, deal_id, partner_id, model, outcome, decided_on) values
    ('X-2', 'D-demo', 'P-1', 'two_bucket', 'influenced', '2026-02-01')`,
  entry(),
  "insert into audit_tree (level, place, hash, audit_id) select 0, 0, repeat('0', 64), min(id) from audit_log",
  "insert into audit_heads (size, head) values (1, 'signed')",
  "insert into audit_keys (kid, x) values ('K-1', 'x')",
  "insert into audit_checks (verdict) values ('{}')",
].join(";");

describe("domain.md §10: what no row may say", () => {
  it.each([
    ["a negative amount", deal({ amount: "-1" }), "deals_amount_not_negative"],
    ["an amount past what is exact", deal({ amount: "9007199254740992" }), "deals_amount_not_negative"],
    ["a currency in other letters", deal({ currency: "'usd'" }), "deals_currency"],
    ["a close day on an open deal", deal({ closed_on: "'2026-02-01'" }), "deals_closed_iff_closed_on"],
    ["a won deal without close day", deal({ outcome: "'won'" }), "deals_closed_iff_closed_on"],
    [
      "a close in the future",
      deal({ outcome: "'won'", closed_on: "current_date + 2" }),
      "deals_closed_not_in_future",
    ],
    ["a deal recreated from itself", deal({ recreated_from: "'D-9'" }), "deals_not_recreated_from_itself"],
    ["a stage that does not exist", role({ touch_stage: "7" }), "role_rows_stage"],
    ["a second row for partner and role", role({ role: "'influencer'" }), "role_rows_once"],
    [
      "a touch after it was recorded",
      role({ touched_on: "'2026-01-11'" }),
      "role_rows_touched_before_recorded",
    ],
    ["a row recorded in the future", role({ recorded_on: "current_date + 2" }), "role_rows_not_in_future"],
    ["a proof that runs", activity({ proof: "'javascript:alert(1)'" }), "activities_proof"],
    ["a proof that is blank", activity({ proof: "''" }), "activities_proof"],
    [
      "an activity recorded before it occurred",
      activity({ occurred_on: "'2026-01-12'" }),
      "activities_not_in_future",
    ],
    [
      "an activity in the future",
      activity({ recorded_on: "current_date + 2" }),
      "activities_recorded_not_in_future",
    ],
    [
      "a stage entered in the future",
      "insert into stage_entries (deal_id, seq, stage, entered_on) values ('D-1', 1, 1, current_date + 2)",
      "stage_entries_not_in_future",
    ],
    [
      "a partner that is its own parent",
      "update partners set parent_id = 'P-1' where id = 'P-1'",
      "partners_not_own_",
    ],
    [
      "a circle of two",
      "update partners set parent_id = 'P-2' where id = 'P-1'; update partners set parent_id = 'P-1' where id = 'P-2'",
      "partners_not_own_ancestor",
    ],
    [
      "a circle of three in one statement",
      `insert into partners (id, name, kind, parent_id) values
        ('C-1', 'a', 'agency', 'C-2'), ('C-2', 'b', 'agency', 'C-3'), ('C-3', 'c', 'agency', 'C-1')`,
      "partners_not_own_ancestor",
    ],
  ])("refuses %s", async (_, statement, constraint) => {
    await expect(inContext(owner, statement)).rejects.toMatchObject({
      constraint_name: expect.stringContaining(constraint),
    });
  });

  it.each([
    ["a role outside the four", role({ role: "'friend'" })],
    ["a type of deal outside the three", deal({ type: "'upsell'" })],
    ["a fraction of a minor unit", deal({ amount: "'1.5'" })],
  ])("refuses %s by its type", async (_, statement) => {
    await expect(inContext(owner, statement)).rejects.toMatchObject({ code: "22P02" });
  });

  it("lets in the day that people east of the server are in already", async () => {
    await inContext(owner, deal({ id: "'D-east'", outcome: "'won'", closed_on: "current_date + 1" }));
    await expect(inContext(owner, "delete from deals where id = 'D-east'")).resolves.toBeDefined();
  });

  it("sees a circle that two transactions would close together", async () => {
    const other = postgres(url, { max: 1, onnotice: () => {} });
    const context = `select set_config('countersign.actor', 'a', true), set_config('countersign.request', 'r', true)`;
    await owner.unsafe(`begin; ${context}; update partners set parent_id = 'P-2' where id = 'P-1'`);
    const second = other
      .unsafe(`begin; ${context}; update partners set parent_id = 'P-1' where id = 'P-2'; commit`)
      .then(
        () => null,
        (error) => error,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await owner.unsafe("commit");
    expect(await second).toMatchObject({ code: "CS103" });
    await other.end();
    await inContext(owner, "update partners set parent_id = null");
  });
});

describe("writes name who and for which request", () => {
  it("holds on every table there is, in both kinds of writing", async () => {
    const tables = await owner<{ name: string; guarded: boolean }[]>`
      select c.relname as name, exists (
        select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'a_context' and t.tgenabled <> 'D') as guarded
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`;
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter(({ guarded }) => !guarded)).toEqual([]);
  });

  it.each([
    ["an insert", deal()],
    ["an update", "update deals set owner = 'Bob'"],
    ["a deletion", "delete from stage_entries"],
    ["a truncation", "truncate stage_entries"],
  ])("refuses %s without context, of the owner too", async (_, statement) => {
    await expect(owner.unsafe(statement)).rejects.toMatchObject({ code: "CS101" });
    const half = `begin; select set_config('countersign.actor', 'user:U-1', true); ${statement}; commit`;
    await expect(owner.unsafe(half)).rejects.toMatchObject({ code: "CS101" });
    await owner.unsafe("rollback");
  });

  it("forgets the context with its transaction", async () => {
    await inContext(owner, "update deals set owner = 'Bob' where id = 'D-1'");
    await expect(owner.unsafe("update deals set owner = 'Cyn'")).rejects.toMatchObject({ code: "CS101" });
  });
});

describe("history stays as it was written", () => {
  it.each([
    ["an edited audit entry", "update audit_log set actor = 'user:U-2'"],
    ["a deleted audit entry", "delete from audit_log"],
    ["a truncated audit log", "truncate audit_log cascade"],
    ["an edited leaf", "update audit_tree set hash = repeat('1', 64)"],
    ["a deleted leaf", "delete from audit_tree"],
    ["a truncated tree", "truncate audit_tree"],
    ["an edited head", "update audit_heads set head = 'another'"],
    ["a deleted head", "delete from audit_heads"],
    ["an edited key", "update audit_keys set x = 'y'"],
    ["a deleted check", "delete from audit_checks"],
  ])("refuses %s", async (_, statement) => {
    await expect(inContext(owner, statement)).rejects.toMatchObject({ code: "CS102" });
    await expect(
      inContext(owner, `set local session_replication_role = replica; ${statement}`),
    ).rejects.toThrow();
  });

  it("lets the rulings of the demo story go with it", async () => {
    await inContext(app, "delete from rulings where id = 'X-2'; delete from deals where id = 'D-demo'");
    expect(await owner`select from rulings where id = 'X-2'`).toHaveLength(0);
  });

  it.each([
    ["another actor", entry({ actor: "'user:U-2'" })],
    ["another request", entry({ request: "'R-2'" })],
  ])("refuses an audit entry in the name of %s", async (_, statement) => {
    await expect(inContext(owner, statement)).rejects.toMatchObject({ code: "CS104" });
  });

  it("dates an audit entry itself", async () => {
    await inContext(owner, entry({ subject_id: "'dated'", at: "'2001-01-01'" }));
    const [row] =
      await owner`select at > now() - interval '1 minute' as now from audit_log where subject_id = 'dated'`;
    expect(row).toEqual({ now: true });
  });
});

describe("the role of the application", () => {
  it("owns nothing and cannot sign in", async () => {
    const [role] = await owner`select rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
      (select count(*)::integer from pg_class where relowner = r.oid) as owns
      from pg_roles r where rolname = 'countersign_app'`;
    expect(role).toEqual({
      rolcanlogin: false,
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolbypassrls: false,
      owns: 0,
    });
  });

  it.each([
    ["create a table", "create table mine (id integer)"],
    ["switch a guard off", "alter table deals disable trigger a_context"],
    ["drop a guard", "drop function refuse_without_context() cascade"],
    ["edit what a file was", "update imports set sha256 = null"],
    ["edit the audit log", "update audit_log set actor = 'x'"],
    ["choose the id of an audit entry", entry({ id: "999999999" })],
    ["choose the instant of an audit entry", entry({ at: "'2001-01-01'" })],
    ["move the ids of audit entries ahead", "select setval('audit_log_id_seq', 999999999)"],
    ["truncate", "truncate stage_entries"],
    ["edit the record of migrations", "delete from drizzle.__drizzle_migrations"],
  ])("may not %s", async (_, statement) => {
    await expect(inContext(app, statement)).rejects.toMatchObject({ code: "42501" });
  });

  it("may do its work", async () => {
    await inContext(
      app,
      [deal({ id: "'D-app'" }), entry({ deal_id: "'D-app'" }), "delete from deals where id = 'D-app'"].join(
        ";",
      ),
    );
    expect(await owner`select from audit_log where deal_id = 'D-app'`).toHaveLength(1);
  });
});
