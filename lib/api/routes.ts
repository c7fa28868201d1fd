import { type AnyContractRouter, minifyContractRouter } from "@orpc/contract";
import { contract } from "./contract";

type Route = { "~orpc": { errorMap: object; meta: object; route: { method: string; path: string } } };

/**
 * What routes.json holds: the contract without its schemas and words, which is all that the browser's
 * client needs. A test holds the file equal to this and says how to write it again.
 */
export function browserRoutes(): Record<string, Route> {
  const minified = minifyContractRouter(contract as AnyContractRouter) as unknown as Record<string, Route>;
  return Object.fromEntries(
    Object.entries(minified).map(([name, { "~orpc": procedure }]) => {
      const { method, path } = procedure.route;
      return [name, { "~orpc": { errorMap: {}, meta: {}, route: { method, path } } }];
    }),
  );
}
