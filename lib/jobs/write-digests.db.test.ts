import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import type { Digest } from "@/lib/text/digest";
import { deliverDue } from "./deliver-notices";
import { kept, outbox } from "./notices.fixture";
import { writeDueDigests } from "./write-digests";

let company: Company;
let dealId: string;
beforeAll(async () => {
  company = await openCompany();
  dealId = await company.deal();
  await company.as("pam", tagPartner, { dealId, partnerId: "P-1", role: "sourcer", touchedOn: "2026-05-02" });
});
afterAll(() => company.close());

const write = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(statement),
  );
const zone = (timeZone: string) => company.as("rita", editSettings, { timeZone });
beforeEach(() => write(sql`delete from notices`));

/** Monday is 2026-05-25; the company is where its zone says. */
const at = (instant: string) => writeDueDigests(company.client, new Date(instant));
const digests = async () => (await outbox(company)).filter(({ kind }) => kind === "digest");

describe("the digest is due", () => {
  test.each([
    ["UTC", "2026-05-25T06:59:00Z", false],
    ["UTC", "2026-05-25T07:00:00Z", true],
    ["UTC", "2026-05-24T20:00:00Z", false],
    ["Pacific/Auckland", "2026-05-24T19:00:00Z", true],
    ["Pacific/Auckland", "2026-05-24T18:59:00Z", false],
    ["America/Los_Angeles", "2026-05-25T13:59:00Z", false],
    ["America/Los_Angeles", "2026-05-25T14:00:00Z", true],
    ["UTC", "2026-05-26T23:59:00Z", true],
    ["UTC", "2026-05-27T00:00:00Z", false],
  ])("in %s at %s: %s", async (timeZone, instant, isDue) => {
    await zone(timeZone).catch(() => {});
    expect((await at(instant)) > 0).toBe(isDue);
  });
});

describe("a digest", () => {
  beforeAll(async () => {
    await zone("UTC");
  });

  test("says what one's inbox holds, with the page of each item, and is sent with the count as its subject", async () => {
    await at("2026-05-25T07:00:00Z");
    const [own] = (await digests()).filter(({ to }) => to === "ana");
    const about = own!.about as unknown as Digest;
    expect(about).toMatchObject({ week: "2026-05-25", total: 1, more: false });
    expect(about.groups).toMatchObject([
      {
        label: "Roles to confirm",
        count: 1,
        items: [{ title: "Larkfield Foods, Northgate", path: `/deals/${dealId}` }],
      },
    ]);
    const { letters, send } = kept();
    const ways = { mail: send, chat: () => send, base: "https://sign.example" };
    await deliverDue(company.client, ways, () => new Date(Date.now() + 3_600_000));
    const [letter] = letters.filter(({ to }) => to.email === "ana@company.example");
    expect(letter!.subject).toBe("1 item to fix this week");
    expect(letter!.text).toContain(`https://sign.example/deals/${dealId}`);
  });

  test("is written once a week, by whichever of two processes comes first", async () => {
    const other = connect(company.url, { max: 3 });
    const now = new Date("2026-05-25T07:00:00Z");
    await Promise.all([writeDueDigests(company.client, now), writeDueDigests(other, now)]);
    await other.close();
    const people = (await digests()).map(({ to }) => to);
    expect(new Set(people).size).toBe(people.length);
    expect(people.sort()).toEqual(["ana", "ben", "carl", "fay", "hope", "pam", "paul", "rita"]);
    expect(await at("2026-05-25T15:00:00Z")).toBe(0);
    expect(await at("2026-06-01T07:00:00Z")).toBe(8);
  });

  test("of an empty inbox is not sent, and the outbox says why", async () => {
    await at("2026-05-25T07:00:00Z");
    expect((await digests()).find(({ to }) => to === "ben")).toMatchObject({
      state: "unwanted",
      problem: "Nothing waited in the inbox",
    });
  });

  test("is written for nobody who has no access, and for no auditor", async () => {
    await write(sql`update users set disabled_at = now() where id = 'ana'`);
    await at("2026-05-25T07:00:00Z");
    await write(sql`update users set disabled_at = null where id = 'ana'`);
    const people = (await digests()).map(({ to }) => to);
    expect(people).not.toContain("ana");
    expect(people).not.toContain("aude");
  });
});
