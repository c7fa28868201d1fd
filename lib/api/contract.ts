import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import type { Verb } from "@/lib/commands/verb";
import { type Action, API_VERBS } from "@/lib/commands/verbs";
import { backtestEventShape, backtestInput } from "@/lib/queries/policy/backtest-shapes";
import { QUERIES } from "@/lib/queries/queries";
import type { Query } from "@/lib/queries/query";
import { resultShape, stateShape } from "@/lib/queries/shapes";
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

/** A verb with its input, as one of a union: the client knows what each takes. */
type Rehearsed = {
  [V in (typeof API_VERBS)[number] as V["name"]]: { verb: V["name"]; input: z.input<V["input"]> };
}[(typeof API_VERBS)[number]["name"]];

/** The door parses the verb's own input, after it has asked who may. */
const rehearsedShape = z.strictObject({
  verb: z.enum(API_VERBS.map(({ name }) => name) as [Action, ...Action[]], {
    error: "must be the name of a write",
  }),
  input: z.unknown(),
});

const standShape = z.object({
  account: z.string().nullable(),
  state: stateShape,
  result: resultShape,
});

/** What a write would do: the same door, judged, and rolled back. */
const rehearsal = oc
  .route({
    method: "POST",
    path: "/rehearse",
    operationId: "rehearse",
    summary:
      "What a write would answer, and how each deal that it touches would stand before and after. Nothing is written.",
    tags: ["reads"],
  })
  .input(rehearsedShape as z.ZodType<z.output<typeof rehearsedShape>, Rehearsed>)
  .output(
    z.object({
      /** What the write would answer; null when none of several deals would take it. */
      answer: z.unknown(),
      deals: z.array(
        z.object({
          dealId: z.string(),
          /** Null while it is not there, as a deal that would be entered. */
          before: standShape.nullable(),
          /** Null when it would be there no more. */
          after: standShape.nullable(),
        }),
      ),
      /** How many deals it would touch; `deals` tells of 200 at most. */
      touched: z.int(),
      /** Of several deals those that do not take it, and why; the rest is rehearsed without them. */
      leftOut: z.array(z.object({ dealId: z.string(), rule: z.string() })),
    }),
  );

type QueryRoute<Q> = Q extends Query<infer I, infer O> ? ReturnType<typeof query<I, O>> : never;
type VerbRoute<V> = V extends Verb<infer I, infer O> ? ReturnType<typeof command<I, O>> : never;
type Routes = { [Q in (typeof QUERIES)[number] as CamelCase<Q["name"]>]: QueryRoute<Q> } & {
  [V in (typeof API_VERBS)[number] as CamelCase<V["name"]>]: VerbRoute<V>;
} & { backtest: typeof backtest; rehearse: typeof rehearsal };

/** The one contract: validation, OpenAPI, the typed client and the hooks all come from it. */
export const contract = Object.fromEntries([
  ...QUERIES.map((asked) => [camelCase(asked.name), query(asked as unknown as Query)]),
  ...API_VERBS.map((verb) => [camelCase(verb.name), command(verb as unknown as Verb)]),
  ["backtest", backtest],
  ["rehearse", rehearsal],
]) as Routes;
