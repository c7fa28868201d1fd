import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { USER_ROLES } from "@/lib/auth/roles";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { trySignIn } from "@/lib/commands/account/try-sign-in";
import { beginDemo } from "@/lib/commands/company/begin-demo";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { signInPeople } from "./sign-in-people";

let client: Client;
const call = () => ({ actor: COMMAND_LINE, client, demo: true });

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  client = connect((await testDatabase()).url);
});
afterAll(() => {
  vi.unstubAllEnvs();
  return client.close();
});

it("offers one person a role while the demo is there, and nobody else ever", async () => {
  const real = { email: "real@x.test", name: "Real", role: "finance" };
  await perform(createUser, real, { actor: COMMAND_LINE, client });
  expect(await signInPeople(client.db)).toEqual([]);

  await perform(beginDemo, {}, call());
  for (const { id, role, name, email, password, ownerName = null } of DEMO_PEOPLE.slice(0, 8)) {
    await perform(createUser, { id, role, name, email, ownerName }, call());
    await setFirstPassword(client, id, password);
  }
  const offered = await signInPeople(client.db);
  expect(offered.map(({ role }) => role)).toEqual(USER_ROLES);
  expect(offered.some(({ email }) => email === real.email)).toBe(false);
  const [first] = offered;
  const whence = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };
  expect(await trySignIn({ ...first!, whence }, client)).toMatchObject({ is: "in" });

  const finance = DEMO_PEOPLE.find(({ role }) => role === "finance")!;
  await perform(
    editUser,
    { userId: finance.id, changes: { disabled: true } },
    { actor: COMMAND_LINE, client },
  );
  expect((await signInPeople(client.db)).map(({ role }) => role)).toEqual(
    USER_ROLES.filter((role) => role !== "finance"),
  );
});
