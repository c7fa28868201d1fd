import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "./test-database";

/** That nothing new is said of a partner's record that became another one, of however many rows at once. */
let owner: postgres.Sql;

beforeAll(async () => {
  owner = postgres((await testDatabase()).url, { max: 1, onnotice: () => {} });
  await write(`insert into partners (id, name, kind) values ('P-1', 'Nimbus', 'agency'), ('P-2', 'Nimbus Ltd', 'agency');
    insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
      values ('D-1', 'Ann', 100, 'USD', 'new', 'direct', '2026-01-10', 'open');
    insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on)
      values ('T-old', 'D-1', 'P-2', 'sourcer', 1, '2026-01-10', '2026-01-10');
    update partners set merged_into = 'P-1' where id = 'P-2'`);
});
afterAll(() => owner.end());

const write = (statements: string) =>
  owner
    .unsafe(`begin; select set_config(name, 'system:test', true)
      from unnest(array['countersign.actor', 'countersign.request']) name; ${statements}; commit`)
    .catch(async (error) => {
      await owner.unsafe("rollback");
      throw error;
    });

const roles = (...rows: [id: string, partnerId: string][]) =>
  `insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on) values ${rows
    .map(([id, partner]) => `('${id}', 'D-1', '${partner}', 'influencer', 1, '2026-01-10', '2026-01-10')`)
    .join(", ")}`;

it.each([
  ["a row of it", roles(["T-1", "P-2"])],
  ["a row of it among others", roles(["T-1", "P-1"], ["T-2", "P-2"])],
  [
    "a row that comes to it",
    `${roles(["T-1", "P-1"])}; update role_rows set partner_id = 'P-2' where id = 'T-1'`,
  ],
])("refuses %s", async (_, statements) => {
  await expect(write(statements)).rejects.toMatchObject({
    code: "CS109",
    message: "the record of Nimbus Ltd became that of Nimbus: name that one",
  });
});

it("lets a row of it be written anew that stands under it, and rows of the other one in", async () => {
  await write("update role_rows set partner_id = 'P-2', touch_stage = 2 where id = 'T-old'");
  await write(roles(["T-1", "P-1"]));
  const rows = await owner`select id, partner_id, touch_stage::int from role_rows order by id`;
  expect([...rows]).toEqual([
    { id: "T-1", partner_id: "P-1", touch_stage: 1 },
    { id: "T-old", partner_id: "P-2", touch_stage: 2 },
  ]);
});
