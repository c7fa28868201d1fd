import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { ascending, medianOf } from "@/lib/metrics/statistics";
import { medianIn } from "./median";

let client: Client;
beforeAll(async () => {
  client = connect((await testDatabase()).url);
});
afterAll(() => client.close());

/** Medians of lists, all of them asked at once; null of an empty one. */
async function inDatabase(lists: readonly number[][]): Promise<(number | null)[]> {
  const rows = await client.db.execute<{ median: number | null }>(sql`
    select (select ${medianIn(sql`v::int`)} from json_array_elements_text(list) v) as median
    from json_array_elements(${JSON.stringify(lists)}::text::json) with ordinality as each(list, nth) order by nth`);
  return [...rows].map(({ median }) => median);
}

test("the database's median is the one that the numbers are made by, of any days", async () => {
  const days = fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 40 });
  const lists = fc.sample(days, { numRuns: 500, seed: 7 });
  expect(new Set(lists.map(({ length }) => length % 2)).size, "odd and even ones are tried").toBe(2);
  const expected = lists.map((list) => (list.length === 0 ? null : medianOf(ascending(list))));
  expect(await inDatabase(lists)).toEqual(expected);
  expect(await inDatabase([[], [1, 2], [3]])).toEqual([null, 1.5, 3]);
});
