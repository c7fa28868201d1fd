import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { editUser } from "@/lib/commands/company/edit-user";
import type { Person } from "@/lib/commands/scenes.fixture";
import { peopleList } from "./people-list";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function listed(person: Person, id: string) {
  const context = { db: company.client.db, actor: company.actor(person), today: TODAY };
  const { people } = peopleList.output.parse(await peopleList.run(context, {}));
  return people.find((one) => one.id === id)!;
}

test("a person's team and the name that deals come under are corrected", async () => {
  const before = await listed("rita", "ana");
  expect([before.team, before.may.edit]).toEqual([null, true]);
  await company.as("rita", editUser, { userId: "ana", changes: { team: "North", ownerName: "Ana (North)" } });
  const after = await listed("rita", "ana");
  expect(after).toEqual({ ...before, team: "North", ownerName: "Ana (North)" });
  await company.as("rita", editUser, {
    userId: "ana",
    changes: { team: null, ownerName: before.ownerName },
  });
  expect(await listed("rita", "ana")).toEqual(before);
});

test("two people do not own the deals of one name: the second is told at the field", async () => {
  const { ownerName } = await listed("rita", "ben");
  const taken = company.as("rita", editUser, { userId: "ana", changes: { ownerName } });
  await expect(taken).rejects.toMatchObject({ field: "ownerName", rule: /somebody else owns the deals/ });
});

test("who only reads the list may edit nobody", async () => {
  expect((await listed("aude", "ana")).may.edit).toMatch(/may not/);
});
