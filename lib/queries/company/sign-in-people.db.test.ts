import { afterAll, beforeAll, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { USER_ROLES } from "@/lib/auth/roles";
import { signIn } from "@/lib/auth/sign-in";
import { beginDemo } from "@/lib/commands/company/begin-demo";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { signInPeople } from "./sign-in-people";

let client: Client;
const call = () => ({ actor: COMMAND_LINE, client, demo: true });

beforeAll(async () => {
  client = connect((await testDatabase()).url);
});
afterAll(() => client.close());

it("offers one person a role while the demo is there, and nobody else ever", async () => {
  const real = { email: "real@x.test", name: "Real", role: "finance", password: "correct horse battery" };
  await perform(createUser, real, { actor: COMMAND_LINE, client });
  expect(await signInPeople(client.db)).toEqual([]);

  await perform(beginDemo, { company: "Tarnwick" }, call());
  for (const { id, role, name, email, password, ownerName = null } of DEMO_PEOPLE.slice(0, 8)) {
    await perform(createUser, { id, role, name, email, password, ownerName }, call());
  }
  const offered = await signInPeople(client.db);
  expect(offered.map(({ role }) => role)).toEqual(USER_ROLES);
  expect(offered.some(({ email }) => email === real.email)).toBe(false);
  const [first] = offered;
  expect(await signIn(first!.email, first!.password, client.db)).not.toBeNull();

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
