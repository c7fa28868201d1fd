import { createORPCClient, ORPCError } from "@orpc/client";
import type {
  AnyContractRouter,
  ContractRouterClient,
  InferContractRouterInputs,
  InferContractRouterOutputs,
} from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import type { contract } from "./contract";
import { isProblem } from "./problem-of";
import { nameOf, routes } from "./routes";

/** What each read and write takes, by its name in the client: `Inputs["dealsList"]`. */
export type Inputs = InferContractRouterInputs<typeof contract>;
/** What each read and write answers: `Outputs["dealsList"]["rows"][number]`. */
export type Outputs = InferContractRouterOutputs<typeof contract>;

/** The calls that write, by their names in the client. */
export type Writes = {
  [K in keyof Outputs]: Outputs[K] extends { request: string; answer: unknown } ? K : never;
}[keyof Outputs];

/** Sent along with one call. */
export interface CallContext {
  /** Makes a write safe to repeat: a second call with the same key and body gets the first one's answer. */
  idempotencyKey?: string;
}

export type Client = ContractRouterClient<typeof contract, CallContext>;

/**
 * A typed client of the API at `origin`. The routes follow from the calls' names, so that the
 * browser carries no schemas; the server validates. Fails with an `ORPCError`: see `problemOf`.
 */
export function makeClient(origin: string, fetch?: (request: Request) => Promise<Response>): Client {
  const link = new OpenAPILink<CallContext>(routes as AnyContractRouter, {
    url: `${origin}/api/v1`,
    headers: ({ context }) => (context.idempotencyKey ? { "idempotency-key": context.idempotencyKey } : {}),
    customErrorResponseBodyDecoder: (body, { status }) =>
      isProblem(body) ? new ORPCError(body.code, { status, message: body.rule, data: body }) : null,
    ...(fetch ? { fetch } : {}),
  });
  return createORPCClient(link);
}

/** The browser's client; on the server, pages ask queries themselves. */
export const client = makeClient(typeof window === "undefined" ? "http://localhost" : window.location.origin);

/** Options for TanStack Query: `api.dealsList.queryOptions({ input })`, `api.tagPartner.mutationOptions()`. */
export const api = createTanstackQueryUtils(client);

/** Options for TanStack Query: what a write would do, by the write's own door. Nothing is written. */
export function rehearsalOf<K extends Writes>(verb: K, input: Inputs[K]) {
  return api.rehearse.queryOptions({ input: { verb: nameOf(verb), input } as Inputs["rehearse"] });
}
