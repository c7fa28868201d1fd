import { expect, test } from "vitest";
import { KEY_HELP } from "@/components/shared/key-help";
import { PLACES } from "./nav";

test("every place has a letter of its own, and the help tells it once", () => {
  const letters = PLACES.map(({ key }) => key);
  expect(letters.filter((key, at) => letters.indexOf(key) !== at)).toEqual([]);
  const told = KEY_HELP.flatMap(({ keys }) => keys.map((one) => one.keys)).filter((keys) =>
    /^G [A-Z]$/.test(keys),
  );
  expect(told.toSorted()).toEqual(letters.map((key) => `G ${key.toUpperCase()}`).sort());
});
