import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, type Person, TODAY } from "./commands.fixture";
import { assignExceptions } from "./exception/assign-exceptions";
import { submitRegistration } from "./registration/submit-registration";
import { editRole } from "./role/edit-role";
import { tagPartner } from "./role/tag-partner";
import { tagPartners } from "./role/tag-partners";
import { SCENES, Stage } from "./scenes.fixture";
import { undo } from "./undo";
import { type Action, type AnyVerb, VERBS } from "./verbs";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const SOURCER = { partnerId: "P-1", role: "sourcer", touchedOn: "2026-05-02" };

async function told(
  of: Company = company,
): Promise<[who: string, kind: string, about: Record<string, unknown>][]> {
  const rows = await of.client.db.execute<{ to: string; kind: string; about: Record<string, unknown> }>(sql`
    select to_id as "to", kind, about from notices order by to_id`);
  return [...rows].map(({ to, kind, about }) => [to, kind, about]);
}

const forget = (of: Company) =>
  guardedTransaction(of.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(sql`delete from notices`),
  );
beforeEach(() => forget(company));

/** Verb, who does it when it is another than in its scene, and who is told of what. */
const TOLD: [Action, Person | null, Record<string, string>][] = [
  ["tag-partner", null, {}],
  ["tag-partner", "pam", { ana: "row_waits" }],
  ["tag-partners", "paul", { ana: "row_waits" }],
  ["submit-registration", null, { hope: "registration_waits" }],
  ["submit-registration", "hope", {}],
  ["assign-exception", null, { pam: "case_assigned" }],
  ["delegate-item", null, { paul: "item_given" }],
  ["raise-exception", null, {}],
  ["raise-exception", "pam", { ana: "deal_contested" }],
  ["propose-policy", null, { carl: "memo_waits", fay: "memo_waits" }],
  ["prepare-freeze", null, { fay: "freeze_prepared" }],
  ["log-activity", null, {}],
];

describe("who is told", () => {
  test.each(TOLD)("of %s by %s: %o", async (name, by, expected) => {
    const scene = SCENES[name];
    const alone = scene.alone ? await openCompany() : company;
    const today = scene.today ?? TODAY;
    const input = await scene.set(new Stage(alone));
    await forget(alone);
    const verb = VERBS.find((one) => one.name === name) as AnyVerb;
    await alone.as(by ?? scene.by, verb, input, { today });
    expect(Object.fromEntries((await told(alone)).map(([to, kind]) => [to, kind]))).toEqual(expected);
    if (alone !== company) await alone.close();
  });

  test("is who looks after the partner, or the heads where they did it themselves", async () => {
    const own = (owner: string | null) =>
      guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
        tx.execute(sql`update partners set owner_id = ${owner} where id = 'P-2'`),
      );
    const register = (by: Person) =>
      company.as(by, submitRegistration, { account: "Larkfield Foods", partnerId: "P-2" });
    await own("paul");
    await register("pam");
    expect((await told()).map(([to]) => to)).toEqual(["paul"]);
    await forget(company);
    await register("paul");
    expect((await told()).map(([to]) => to)).toEqual(["hope"]);
    await own(null);
  });

  test("is nobody who has no access", async () => {
    const access = (left: boolean) =>
      guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
        tx.execute(sql`update users set disabled_at = ${left ? sql`now()` : sql`null`} where id = 'ana'`),
      );
    const dealId = await company.deal();
    await access(true);
    await company.as("pam", tagPartner, { dealId, ...SOURCER });
    expect(await told()).toEqual([]);
    await access(false);
  });
});

describe("what is told", () => {
  test("names people, partner and customer, and who did it", async () => {
    const dealId = await company.deal();
    await company.as("pam", tagPartner, { dealId, ...SOURCER });
    expect((await told())[0]![2]).toEqual({
      ...{ kind: "row_waits", by: "Pam Lind", partner: "Northgate", role: "sourcer" },
      ...{ customer: "Larkfield Foods", dealId },
    });
  });

  test("of several is one notice that says how many", async () => {
    const dealIds = [await company.deal(), await company.deal(), await company.deal()];
    await company.as("pam", tagPartners, { dealIds, ...SOURCER });
    const found = await told();
    expect(found).toHaveLength(1);
    expect(found[0]![2]).toMatchObject({ many: 3 });
    const exceptionIds = await new Stage(company).exceptions();
    await forget(company);
    await company.as("hope", assignExceptions, { exceptionIds, ownerId: "pam" });
    expect((await told()).map(([to, , { many }]) => [to, many])).toEqual([["pam", exceptionIds.length]]);
  });

  test("is told when an edit takes a confirmation away", async () => {
    const dealId = await company.deal();
    const { rowId } = await company.as("ana", tagPartner, { dealId, ...SOURCER });
    await company.as("hope", editRole, { rowId, changes: { touchStage: 1 } });
    expect((await told()).map(([to, kind]) => [to, kind])).toEqual([["ana", "row_waits"]]);
  });

  test("is told no more once the write was taken back, unless somebody began to send it", async () => {
    const propose = async () => company.as("pam", tagPartner, { dealId: await company.deal(), ...SOURCER });
    const [one, other] = [await propose(), await propose()];
    await guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
      tx.execute(sql`update notices set attempts = 1 where request = ${other.request}`),
    );
    await company.as("pam", undo, { request: one.request });
    await company.as("pam", undo, { request: other.request });
    const left = await company.client.db.execute(sql`select request from notices`);
    expect([...left]).toEqual([{ request: other.request }]);
  });
});
