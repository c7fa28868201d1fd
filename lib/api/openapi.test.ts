import { expect, test } from "vitest";
import { openApi } from "./openapi";

test("a reader finds deals first, and last what stands at its operationId alone", async () => {
  const { tags = [], paths = {} } = await openApi();
  const names = tags.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(["deals", "roles", "activities"]);
  expect(names.at(-1)).toBe("other");
  const used = Object.values(paths).flatMap((path) =>
    [path?.get, path?.post, path?.put, path?.patch, path?.delete].flatMap((one) => one?.tags ?? []),
  );
  expect(new Set(names)).toEqual(new Set(used));
});
