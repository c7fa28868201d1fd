import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../test-database";
import { migrate } from "./migrate";

let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  ({ url } = await testDatabase());
  sql = postgres(url, { max: 2, onnotice: () => {} });
});
afterAll(() => sql.end());

test("a database that is up to date is left as it is", async () => {
  const entries = () => sql`select hash, created_at from drizzle.__drizzle_migrations order by id`;
  const before = await entries();
  expect(before.length).toBeGreaterThan(0);
  expect(await migrate(url)).toBe(0);
  expect(await entries()).toEqual(before);
});

test("of racing migrations one does the work, and each migration is recorded once", async () => {
  await sql`create database raced`;
  const raced = new URL(url);
  raced.pathname = "/raced";
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(raced.href)));
  const [known] = await sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`;
  expect(applied.toSorted()).toEqual([0, 0, 0, known?.migrations]);
});

test("a database of a later version is not taken back, and is left as it was", async () => {
  const { url } = await testDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 9999999999999)`;
    await expect(migrate(url)).rejects.toThrow("brought to a later version than this one");
    await sql`update drizzle.__drizzle_migrations set hash = 'another' where id = 1`;
    await expect(migrate(url)).rejects.toThrow("made by another version");
  } finally {
    await sql.end();
  }
});

test("a database of another version is refused in words, and left as it was", async () => {
  const { url } = await testDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1)`;
    await expect(migrate(url)).rejects.toThrow("made by another version");
    await sql`delete from drizzle.__drizzle_migrations where hash = 'x'`;
    expect(await migrate(url)).toBe(0);
    await sql`update drizzle.__drizzle_migrations set hash = 'written anew' where id = 1`;
    await expect(migrate(url)).rejects.toThrow("made by another version");
  } finally {
    await sql.end();
  }
});
