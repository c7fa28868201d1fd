import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { asWritten, auditLog } from "@/db/schema/audit";
import { sessions, users } from "@/db/schema/people";
import type { Actor } from "@/lib/auth/actor";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { signIn } from "../account/sign-in";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { perform } from "../door";
import { assignIdentity } from "./assign-identity";
import { noteIdentity } from "./note-identity";
import { switchOffLeavers } from "./switch-off-leavers";

let company: Company;
beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  company = await openCompany();
});
afterAll(async () => {
  await company.close();
  vi.unstubAllEnvs();
});

const list = (present: readonly string[], more: object = {}, actor: Actor = company.actor("rita")) =>
  perform(switchOffLeavers, { present, ...more }, { actor, client: company.client, today: TODAY });
const everybody = async () =>
  (await company.client.db.select().from(users).orderBy(users.id)).map(({ id, email, disabledAt }) => ({
    ...{ id, email, isOff: disabledAt !== null },
  }));
const off = async () => (await everybody()).filter(({ isOff }) => isOff).map(({ id }) => id);
const addressesBut = async (...ids: string[]) =>
  (await everybody()).filter(({ id }) => !ids.includes(id)).map(({ email }) => email.toUpperCase());

test("a list switches off who is not in it, ends their sessions, and deletes nobody", async () => {
  const whence = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };
  const { session } = await company.as("pam", signIn, { whence });
  const { answer, request } = await list(await addressesBut("pam"));
  expect(answer.switchedOff.map(({ id }) => id)).toEqual(["pam"]);
  expect(await off()).toEqual(["pam"]);
  const [row] = await company.client.db.select().from(sessions).where(eq(sessions.id, session));
  expect(row!.endedAt).not.toBeNull();
  const entries = await company.client.db
    .select(asWritten)
    .from(auditLog)
    .where(eq(auditLog.request, request));
  expect(entries.map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual([
    "switch-off-leavers pam",
  ]);
  expect((await list(await addressesBut("pam"))).answer.switchedOff).toEqual([]);
});

test("who is known by the provider's subject is in the list by it", async () => {
  const named = { issuer: "https://id.company.example", subject: "subject-of-ana" };
  await company.as("ana", noteIdentity, { ...named, email: "ana@x.test", name: "Ana" });
  await company.as("rita", assignIdentity, { ...named, userId: "ana" });
  await list([...(await addressesBut("ana")), "subject-of-ana"]);
  expect(await off()).not.toContain("ana");
});

test("a list that would empty the house is refused, and switches nobody off", async () => {
  const before = await off();
  await expect(list(["rita@company.example"])).rejects.toMatchObject({ field: "most" });
  await expect(list(["nobody@else.example"], { most: 1000 }, COMMAND_LINE)).rejects.toMatchObject({
    field: "present",
  });
  await expect(list([])).rejects.toMatchObject({ field: "present" });
  await expect(list(["ana@company.example"], { most: 1000 }, COMMAND_LINE)).rejects.toMatchObject({
    rule: expect.stringContaining("last admin"),
  });
  expect(await off()).toEqual(before);
});

test("a key brings the list when an admin made it for that, and no other does", async () => {
  const key = (scopes: string[]) =>
    ({ ...company.actor("rita"), key: { id: "K", name: "Nightly", scopes } }) as Actor;
  const present = await addressesBut("aude");
  await expect(list(present, {}, key(["write:deals", "read"]))).rejects.toMatchObject({ code: "forbidden" });
  await expect(list(present, {}, company.actor("fay"))).rejects.toMatchObject({ code: "forbidden" });
  expect((await list(present, {}, key(["people"]))).answer.switchedOff.map(({ id }) => id)).toEqual(["aude"]);
});
