import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { editView } from "@/lib/commands/view/edit-view";
import { removeView } from "@/lib/commands/view/remove-view";
import { saveView } from "@/lib/commands/view/save-view";
import { savedViewsList } from "./saved-views-list";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function viewsOf(person: Person) {
  const context = { db: company.client.db, actor: company.actor(person), today: TODAY };
  return (await savedViewsList.run(context, {})).views;
}
const save = async (person: Person, name: string, address = "state=open") =>
  (await company.as(person, saveView, { name, address })).viewId as string;
const namesOf = async (person: Person) => (await viewsOf(person)).map(({ name, by }) => [name, by]);

test("one finds one's own, by name, then those that others share; what is not shared is its owner's alone", async () => {
  const mine = await save("ana", "Warehouse deals", "q=depot&sort=amount&dir=desc&hide=type");
  await save("ana", "at the end");
  await save("pam", "Of Pam alone");
  const shared = await save("pam", "Board");
  await company.as("pam", editView, { viewId: shared, changes: { shared: true } });
  expect(await namesOf("ana")).toEqual([
    ["at the end", null],
    ["Warehouse deals", null],
    ["Board", "Pam Lind"],
  ]);
  expect(await namesOf("ben")).toEqual([["Board", "Pam Lind"]]);
  expect((await viewsOf("ana")).find(({ id }) => id === mine)).toMatchObject({
    address: "q=depot&sort=amount&dir=desc&hide=type",
    ...{ shared: false, may: true },
  });
  await company.as("pam", editView, { viewId: shared, changes: { shared: false } });
  expect(await namesOf("ben")).toEqual([]);
});

test("the same name, in any case, replaces one's own view and keeps its link; two people may use one name", async () => {
  const first = await save("hope", "Mine", "state=won");
  expect(await save("hope", "MINE", "state=lost")).toBe(first);
  expect(await viewsOf("hope")).toMatchObject([{ id: first, name: "MINE", address: "state=lost" }]);
  expect(await save("fay", "Mine")).not.toBe(first);
});

test("it is renamed and removed by its owner alone, and to no name that they use already", async () => {
  const [one, two] = [await save("rita", "One"), await save("rita", "Two")];
  await company.as("rita", editView, { viewId: one, changes: { shared: true } });
  await expect(company.as("ana", editView, { viewId: one, changes: { name: "Hers" } })).rejects.toMatchObject(
    {
      code: "forbidden",
      rule: "Only whoever saved “One” changes it",
    },
  );
  await expect(company.as("ana", removeView, { viewId: one })).rejects.toMatchObject({ code: "forbidden" });
  await expect(company.as("rita", editView, { viewId: two, changes: { name: "one" } })).rejects.toMatchObject(
    {
      field: "changes.name",
      rule: "you have a view called One already",
    },
  );
  await company.as("rita", editView, { viewId: two, changes: { name: "TWO" } });
  await company.as("rita", removeView, { viewId: one });
  expect(await namesOf("rita")).toEqual([["TWO", null]]);
});

test.each([
  ["no name", { name: " " }, "name"],
  ["a whole link", { address: "https://x.test/deals?state=open#top" }, "address"],
  ["markup", { address: 'q="><b>' }, "address"],
  ["an endless address", { address: "q=".padEnd(2001, "x") }, "address"],
])("is refused with %s", async (_what, more, field) => {
  const before = await viewsOf("carl");
  const asked = company.as("carl", saveView, { name: "Wrong", address: "", ...more });
  await expect(asked).rejects.toMatchObject({ field });
  expect(await viewsOf("carl")).toEqual(before);
});

test("what is not there is not found, and who writes nothing keeps none", async () => {
  await expect(company.as("ana", removeView, { viewId: "SV-0" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(save("aude", "Hers")).rejects.toMatchObject({
    rule: "Auditor may not keep views of the deals list",
  });
});
