import { expect, test } from "vitest";
import { runCommandIn } from "./run-command.fixture";

test.each([
  ["leavers", ["nobody-wrote-this.csv"], /no such file.*nobody-wrote-this\.csv/],
  ["leavers", [], /name one file/],
  ["leavers", ["--wrong"], /--wrong/],
  ["import", ["--wrong"], /--wrong/],
])("%s %j is refused with its usage, before any database is opened", async (script, args, reason) => {
  const { status, out, said } = await runCommandIn({}, script, ...args);
  expect(said).toMatch(reason);
  expect(said).toMatch(new RegExp(`npm run (-s )?${script} -- `));
  expect(said).not.toMatch(/^ +at /m);
  expect([status, out]).toEqual([2, ""]);
});
