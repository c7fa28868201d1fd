import type { AnyContractProcedure } from "@orpc/contract";
import { expect, test } from "vitest";
import { QUERIES } from "@/lib/queries/queries";
import { contract } from "./contract";
import { IN_ADDRESS, routes } from "./routes";

test("the browser's calls go where the contract has them", () => {
  for (const [key, procedure] of Object.entries<AnyContractProcedure>(contract)) {
    const { method, path } = procedure["~orpc"].route;
    expect(routes[key]?.["~orpc"].route, key).toEqual({ method, path });
  }
});

test("every question has its way, in the address or in a body", () => {
  const asked = QUERIES.filter(({ inBody }) => !inBody).map(({ name }) => name);
  expect([...IN_ADDRESS]).toEqual(asked.toSorted());
});

test("every call has a path of its own", () => {
  const paths = Object.values<AnyContractProcedure>(contract).map(({ "~orpc": { route } }) => route.path);
  expect(paths.length).toBeGreaterThan(70);
  expect(new Set(paths).size).toBe(paths.length);
});
