import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabases, database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { readDatabase } from "@/db/connection/replica";
import { judgedDeals } from "@/db/schema/outcomes";
import { users } from "@/db/schema/people";
import { type Pair, startPair } from "@/db/test-replica";
import { type Actor, COMMAND_LINE, CRM_GATE } from "@/lib/auth/actor";
import { LAST_WRITE_COOKIE, recallWrite } from "@/lib/auth/last-write";
import { actorOfToken } from "@/lib/auth/session";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { trySignIn } from "@/lib/commands/account/try-sign-in";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { perform } from "@/lib/commands/door";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { companyDay } from "@/lib/company-day";
import { judgeStale } from "@/lib/judging/judge";
import { deal as dealQuery } from "@/lib/queries/deal/deal";
import { gateDeal } from "@/lib/queries/deal/gate-deal";
import { ask } from "./ask";
import { answerApi } from "./server";
import { tokenOf, WHENCE } from "./session.fixture";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
const PASSWORD = "correct horse battery";
const tokens = new Map<string, string>();
let pair: Pair;
const AUDITOR: Actor = { id: "user:U-bob", userId: "U-bob", name: "Bob", role: "auditor", ownerName: null };
const asAdmin = { actor: COMMAND_LINE };

/** As a browser would, with a cookie of the last write or without one. */
async function send(path: string, body?: object, person = "U-ann", lastWrite?: string): Promise<Response> {
  const token = tokens.get(person) ?? (await tokenOf(person));
  tokens.set(person, token);
  const request = new Request(`http://countersign.test/api/v1${path}`, {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
  });
  return answerApi(request, async () => {
    const actor = await actorOfToken(token);
    if (actor) recallWrite(actor, lastWrite);
    return actor;
  });
}

/** What this process knows of who wrote what is forgotten: it is another process now. */
const becomeAnother = () => perProcess("positions", () => new Map<string, unknown>()).clear();

beforeAll(async () => {
  pair = await startPair();
  process.env.DATABASE_URL = pair.primary;
  process.env.DATABASE_READ_URL = pair.replica;
  process.env.NEXTAUTH_SECRET = SECRET;
  for (const [id, name, role] of [
    ["U-ann", "Ann", "ae"],
    ["U-bob", "Bob", "auditor"],
  ] as const) {
    const person = { id, name, role, email: `${id}@x.test`, ownerName: role === "ae" ? name : null };
    await perform(createUser, person, asAdmin);
  }
  await perform(createPartner, { id: "P-1", name: "Northgate", kind: "integrator" }, asAdmin);
  // They signed in long ago.
  for (const id of ["U-ann", "U-bob"]) tokens.set(id, await tokenOf(id));
  becomeAnother();
  vi.useFakeTimers({ toFake: ["Date"] });
});
beforeEach(async () => {
  await pair.release();
  await readDatabase("user:U-ann");
});
afterAll(async () => {
  vi.useRealTimers();
  await closeDatabases();
  for (const name of ["DATABASE_URL", "DATABASE_READ_URL", "NEXTAUTH_SECRET"]) delete process.env[name];
  await pair.close();
});

let days = 0;
const tag = () => ({
  partnerId: "P-1",
  role: "sourcer",
  touchStage: 0,
  touchedOn: companyDay(Date.now(), "UTC"),
});
const aDeal = async () => {
  const facts = { account: "Acme", owner: "Ann", amount: 100, currency: "USD", type: "new", route: "direct" };
  const made = await perform(createDeal, { ...facts, createdOn: companyDay(Date.now(), "UTC") }, asAdmin);
  return made.answer.dealId;
};

describe("with a replica that lags", () => {
  test("whoever has just written sees it, in another process too; everybody else may be shown what was", async () => {
    const dealId = await aDeal();
    await pair.release();
    const path = `/deal?dealId=${dealId}`;
    const rolesSeen = async (person?: string, lastWrite?: string) =>
      (await (await send(path, undefined, person, lastWrite)).json()).roles.length;
    expect(await rolesSeen()).toBe(0);

    await pair.hold();
    const written = await send("/tag-partner", { dealId, ...tag() });
    expect(written.status).toBe(200);
    expect(await rolesSeen()).toBe(1);
    expect(await rolesSeen("U-bob")).toBe(0);

    const cookie = written.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const lastWrite = new RegExp(`${LAST_WRITE_COOKIE}=(\\d+);`).exec(cookie)?.[1];
    becomeAnother();
    expect(await rolesSeen()).toBe(0);
    expect(await rolesSeen("U-ann", "no position")).toBe(0);
    expect(await rolesSeen("U-ann", lastWrite)).toBe(1);
  });

  test("the stage gate tells what stands now, though it is the CRM that asks and the AE who answered", async () => {
    vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
    const dealId = await aDeal();
    await pair.release();
    const seenBy = async (person: string) =>
      (await (await send(`/deal?dealId=${dealId}`, undefined, person)).json()).deal.noPartner;
    expect(await seenBy("U-bob")).toBeNull();
    await pair.hold();
    expect((await send("/confirm-no-partner", { dealId })).status).toBe(200);
    expect(await seenBy("U-bob")).toBeNull();
    expect(await ask(gateDeal, { dealId }, CRM_GATE)).toMatchObject({
      allowed: true,
      answer: { involved: "none" },
    });
    vi.unstubAllEnvs();
  });

  test("reads, and writes that are refused, carry no position", async () => {
    expect((await send("/me")).headers.has("set-cookie")).toBe(false);
    expect((await send("/tag-partner", {})).headers.has("set-cookie")).toBe(false);
  });

  test("rights and passwords are the primary's: who was switched off is out with the next request", async () => {
    await pair.hold();
    const person = { id: "U-eve", name: "Eve", role: "auditor", email: "eve@x.test", ownerName: null };
    await perform(createUser, person, asAdmin);
    await setFirstPassword(database(), "U-eve", PASSWORD);
    const knock = { email: "eve@x.test", password: PASSWORD, whence: WHENCE };
    expect(await trySignIn(knock)).toMatchObject({ is: "in", userId: "U-eve" });
    expect((await send("/me", undefined, "U-eve")).status).toBe(200);
    await perform(editUser, { userId: "U-eve", changes: { disabled: true } }, asAdmin);
    expect((await send("/me", undefined, "U-eve")).status).toBe(401);
    expect(await trySignIn(knock)).toEqual({ is: "refused" });
    const [behind] = await (await readDatabase("user:U-bob"))
      .select()
      .from(users)
      .where(eq(users.id, "U-eve"));
    expect(behind).toBeUndefined();
  });

  test.each([
    ["this process has judged", async () => {}],
    [
      "another has",
      async (day: string) => {
        await judgeStale(database(), day);
        becomeAnother();
      },
    ],
  ])("a day's first read is as of that day, whoever asks, when %s", async (_, before) => {
    const dealId = await aDeal();
    await perform(tagPartner, { dealId, ...tag() }, asAdmin);
    await pair.release();
    await readDatabase(AUDITOR.id);
    await pair.hold();
    const day = `20${30 + days++}-01-02`;
    await before(day);
    await ask(dealQuery, { dealId }, AUDITOR, day);
    const [judged] = await (await readDatabase(AUDITOR.id))
      .select({ asOf: judgedDeals.asOf })
      .from(judgedDeals)
      .where(eq(judgedDeals.dealId, dealId));
    expect(judged).toEqual({ asOf: day });
  });
});
