import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, openCompany } from "./commands.fixture";
import { editSettings } from "./company/edit-settings";
import { SCENES, Stage } from "./scenes.fixture";
import { bodyOf } from "./verb";
import { type AnyVerb, VERBS } from "./verbs";

let company: Company;
let stage: Stage;
beforeAll(async () => {
  company = await openCompany();
  stage = new Stage(company);
});
afterAll(() => company.close());

const EDITS = VERBS.filter((verb) => bodyOf(verb as AnyVerb).stands !== undefined) as readonly AnyVerb[];

/** All that is written, and every deal's version: what a write that changed nothing leaves alone. */
async function written(): Promise<unknown> {
  const [row] = await company.client.db.execute(sql`
    select (select max(id) from audit_log) as log, (select sum(version) from deals) as deals,
      (select sum(version) from accounts) as accounts`);
  return row;
}

test("every verb that takes changes says what they are changes of", () => {
  const takes = VERBS.filter(({ input }) => "shape" in input && "changes" in (input.shape as object));
  // A correction is asked for, of what its deal's close has locked, and refuses by itself what stands. What is changed of
  // a proposal is no edit: nothing of it stands before it is accepted. A system's page tells what was changed there.
  const others = [...EDITS.map(({ name }) => name), "propose-correction", "accept-proposal", "sync-page"];
  expect(takes.map(({ name }) => name).filter((name) => !others.includes(name))).toEqual([]);
  expect(takes.length).toBeGreaterThan(8);
});

describe.each(EDITS.map((verb) => ({ name: verb.name, verb })))("$name", ({ name, verb }) => {
  test("that says what stands already is refused, and nothing is written or judged", async () => {
    const { by, set } = SCENES[name as keyof typeof SCENES];
    const { version: _, ...input } = (await set(stage)) as Record<string, unknown>;
    await company.as(by, verb, input);
    const before = await written();
    await expect(company.as(by, verb, input)).rejects.toMatchObject({
      code: "invalid",
      rule: "says what stands already: there is nothing to change",
    });
    expect(await written()).toEqual(before);
  });
});

test("the time zone is said by whoever says it first, though it be the one that stands", async () => {
  const said = async () =>
    (await company.client.db.execute(sql`select time_zone_said_on::text as day from settings`))[0];
  await company.as("rita", editSettings, { timeZone: "UTC" });
  expect(await said()).toEqual({ day: "2026-05-20" });
});
