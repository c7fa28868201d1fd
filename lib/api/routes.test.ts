import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { browserRoutes } from "./routes";

const FILE = new URL("./routes.json", import.meta.url);

test("the browser's routes are the contract's; WRITE_ROUTES=1 npx vitest run lib/api/routes.test.ts writes them", () => {
  if (process.env.WRITE_ROUTES) writeFileSync(FILE, `${JSON.stringify(browserRoutes(), null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(browserRoutes());
});

test("every route has a path of its own", () => {
  const paths = Object.values(browserRoutes()).map((route) => route["~orpc"].route.path);
  expect(new Set(paths).size).toBe(paths.length);
});
