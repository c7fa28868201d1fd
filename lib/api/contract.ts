import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import type { Verb } from "@/lib/commands/verb";
import { API_VERBS } from "@/lib/commands/verbs";
import { backtestEventShape, backtestInput } from "@/lib/queries/policy/backtest-shapes";
import { QUERIES } from "@/lib/queries/queries";
import type { Query } from "@/lib/queries/query";
import { type CamelCase, camelCase } from "./routes";

/** A query as an HTTP route: `GET /<name>`, or POST where its input is a document. */
function query<I extends z.ZodType, O extends z.ZodType>(asked: Query<I, O>) {
  return oc
    .route({
      method: asked.inBody ? "POST" : "GET",
      path: `/${asked.name}`,
      operationId: asked.name,
      summary: asked.summary,
      tags: ["reads"],
    })
    .input(asked.input)
    .output(asked.output);
}

/** A verb as an HTTP route: `POST /<name>`; the answer names the request, by which `undo` takes it back. */
function command<I extends z.ZodType, O extends z.ZodType>(verb: Verb<I, O>) {
  return oc
    .route({
      method: "POST",
      path: `/${verb.name}`,
      operationId: verb.name,
      summary: verb.summary,
      tags: ["writes"],
    })
    .input(verb.input)
    .output(z.object({ request: z.string(), answer: verb.output }));
}

/** A read whose answer is a stream of server-sent events, so that it shows its progress and can be stopped. */
const backtest = oc
  .route({
    method: "POST",
    path: "/backtest",
    operationId: "backtest",
    summary: "What a policy would have done, held against another: progress, then the result.",
    tags: ["reads"],
  })
  .input(backtestInput)
  .output(eventIterator(backtestEventShape));

type QueryRoute<Q> = Q extends Query<infer I, infer O> ? ReturnType<typeof query<I, O>> : never;
type VerbRoute<V> = V extends Verb<infer I, infer O> ? ReturnType<typeof command<I, O>> : never;
type Routes = { [Q in (typeof QUERIES)[number] as CamelCase<Q["name"]>]: QueryRoute<Q> } & {
  [V in (typeof API_VERBS)[number] as CamelCase<V["name"]>]: VerbRoute<V>;
} & { backtest: typeof backtest };

/** The one contract: validation, OpenAPI, the typed client and the hooks all come from it. */
export const contract = Object.fromEntries([
  ...QUERIES.map((asked) => [camelCase(asked.name), query(asked as unknown as Query)]),
  ...API_VERBS.map((verb) => [camelCase(verb.name), command(verb as unknown as Verb)]),
  ["backtest", backtest],
]) as Routes;
