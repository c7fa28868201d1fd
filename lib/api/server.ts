import type { AnyContractProcedure } from "@orpc/contract";
import { SmartCoercionPlugin } from "@orpc/json-schema";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement, ORPCError, os } from "@orpc/server";
import type { StandardHandlerOptions } from "@orpc/server/standard";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import type { Actor } from "@/lib/auth/actor";
import { shownKey } from "@/lib/auth/api-key";
import { isSecure } from "@/lib/auth/cookies";
import { writeCookie } from "@/lib/auth/last-write";
import { type Turn, takePersonsTurn, takeTurn } from "@/lib/auth/rate-limit";
import { rememberRefusal } from "@/lib/commands/account/remember-refusal";
import { perform, rehearse } from "@/lib/commands/door";
import { type AnyVerb, API_VERBS } from "@/lib/commands/verbs";
import { Refusal, refusalIn, refuse } from "@/lib/errors";
import { QUERIES } from "@/lib/queries/queries";
import { mustAsk, mustOpen, type Query } from "@/lib/queries/query";
import { csvOf, wantsCsv } from "./as-csv";
import { ask, askBacktest } from "./ask";
import { contract } from "./contract";
import { mustNotBeTooDeep, mustNotNameTooDeep } from "./depth";
import { log } from "./log";
import { openApi } from "./openapi";
import { PLACED } from "./placed";
import { answerHeaders, problemIn, problemResponse } from "./problems";

import { requestId } from "./request-id";
import { camelCase } from "./routes";
import { isSameOrigin } from "./same-origin";
import { bodyWithin } from "./small-body";

export const API_PREFIX = "/api/v1";

/** Largest body that is read: a full batch of an import is a fraction of it. */
const BODY_BYTES = 32 << 20;

/** What travels with one request. */
interface RequestContext {
  actor: Actor;
  /** The request's id: in the log, in the answer's header, and the one a write is undone by. */
  request: string;
  idempotencyKey?: string;
  /** Set by a write that was made. */
  wrote?: true;
}

/** Addresses carry text only, so the inputs of GET are read by their schema; bodies are taken as they are. */
class AddressCoercion extends SmartCoercionPlugin<RequestContext> {
  override init(options: StandardHandlerOptions<RequestContext>): void {
    const all: StandardHandlerOptions<RequestContext> = {};
    super.init(all);
    for (const coerce of all.clientInterceptors ?? []) {
      options.clientInterceptors ??= [];
      options.clientInterceptors.unshift((call) =>
        call.procedure["~orpc"].route.method === "GET" ? coerce(call) : call.next(),
      );
    }
  }
}

/** One route of the contract. Inputs and answers are typed where they are asked and done, not here. */
const procedureOf = (key: string) => (contract as Record<string, AnyContractProcedure>)[key]!;
const route = (key: string) => implement(procedureOf(key)).$context<RequestContext>();

type Handler = (options: {
  input: unknown;
  context: RequestContext;
  signal?: AbortSignal;
}) => Promise<unknown>;

/** A read at its name, and at its place: the same handler. */
function readAt(key: string, handler: Handler) {
  const placed = PLACED[key];
  const at = placed && { [key]: implement(placed).$context<RequestContext>().handler(handler) };
  return { named: { [key]: route(key).handler(handler) }, at };
}

/** A write likewise. It takes its input as it comes: the door parses it, after it has asked who may. */
function writeAt(key: string, handler: Handler) {
  const { route: where, outputSchema } = procedureOf(key)["~orpc"];
  const named = { [key]: os.$context<RequestContext>().route(where).output(outputSchema!).handler(handler) };
  const there = PLACED[key]?.["~orpc"].route;
  if (!there) return { named };
  const procedure = os
    .$context<RequestContext>()
    .route({ ...there, inputStructure: "detailed" })
    .output(outputSchema!)
    .handler(({ input, ...rest }) => handler({ input: inputAt(input as AtPlace), ...rest }));
  return { named, at: { [key]: procedure } };
}

interface AtPlace {
  params?: Record<string, string>;
  body: unknown;
}

/** The address and the body together; what both say must be the same. */
function inputAt({ params = {}, body }: AtPlace): unknown {
  if (body === undefined) return params;
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  for (const [name, value] of Object.entries(params)) {
    const other = (body as Record<string, unknown>)[name];
    if (other !== undefined && other !== value) refuse(name, other, `is ${value} in the address`);
  }
  return { ...body, ...params };
}

/** What is refused because of who asked is in the audit log, for whoever looks after the house. */
async function refused(error: unknown, wanted: string, actor: Actor): Promise<never> {
  const refusal = refusalIn(error);
  if (refusal?.code === "forbidden")
    await rememberRefusal(actor, wanted, refusal.rule).catch((err) =>
      log.error({ actor: actor.id, wanted, err }, "a refusal could not be noted"),
    );
  throw error;
}

const reads = QUERIES.map((query) =>
  readAt(camelCase(query.name), ({ input, context }) => ask(query as unknown as Query, input, context.actor)),
);
const writes = API_VERBS.map((verb) =>
  writeAt(camelCase(verb.name), async ({ input, context }) => {
    const answer = await perform(verb as AnyVerb, input, context).catch((error) =>
      refused(error, verb.name, context.actor),
    );
    context.wrote = true;
    return answer;
  }),
);
const rehearsal = readAt("rehearse", ({ input, context: { actor } }) => {
  const { verb, input: asked } = input as { verb: string; input: unknown };
  return rehearse(API_VERBS.find(({ name }) => name === verb) as unknown as AnyVerb, asked, { actor });
});
const backtest = readAt("backtest", ({ input, context, signal }) =>
  askBacktest(input as Parameters<typeof askBacktest>[0], context.actor, signal),
);

/** Before the input is looked at, as the door does for a write: who may not ask at all learns nothing of its rules. */
const MUST_ASK: ReadonlyMap<string, (actor: Actor) => void> = new Map([
  ...QUERIES.map((query) => [camelCase(query.name), (actor: Actor) => mustAsk(query, actor)] as const),
  ["backtest", mustOpen],
]);

const all = [...reads, ...writes, rehearsal, backtest];
/** Every call at its name, and those that have a place there too. */
const router = {
  ...Object.assign({}, ...all.map(({ named }) => named)),
  at: Object.assign({}, ...all.map(({ at }) => at ?? {})),
};

const handler = new OpenAPIHandler<RequestContext>(router, {
  plugins: [new AddressCoercion({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
  customErrorResponseBodyEncoder: (error) => problemIn(error).problem,
  clientInterceptors: [
    async (call) => {
      try {
        MUST_ASK.get(call.path.at(-1) ?? "")?.(call.context.actor);
        return await call.next();
      } catch (error) {
        const { status, problem } = problemIn(error);
        const { request, actor } = call.context;
        const what = {
          request,
          actor: actor.id,
          path: call.path.join("."),
          status,
          code: problem.code,
        };
        if (status >= 500) log.error({ ...what, err: error }, problem.rule);
        else log.info({ ...what, field: problem.field }, problem.rule);
        throw new ORPCError(problem.code, { status, message: problem.rule, data: problem });
      }
    },
  ],
});

function tooLarge(id: string): Response {
  const rule = `a request is at most ${BODY_BYTES >> 20} MB; send what is larger in parts`;
  return problemResponse({ code: "invalid", field: "", value: null, rule }, id, 413);
}

/** The request with its body read, which may come without a length; null when it is too large. Refuses what nests too deep. */
async function withBodyRead(request: Request): Promise<Request | null> {
  if (!request.body) return request;
  const body = await bodyWithin(request, BODY_BYTES);
  if (!body) return null;
  mustNotBeTooDeep(body);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: new Uint8Array(body) });
}

/** A change by a browser comes from our own pages; a key is no cookie, and comes from anywhere. */
function mustBeOurs(request: Request): void {
  if (request.method === "GET" || shownKey(request) !== null || isSameOrigin(request)) return;
  const rule = "a change is made from this application's own pages";
  throw new Refusal({ code: "forbidden", field: "origin", value: request.headers.get("origin"), rule });
}

/** A request is counted by its key, or by whoever is signed in; the command line by nobody. */
async function turnOf({ method }: Request, { key, userId }: Actor): Promise<Turn | null> {
  if (key) return takeTurn(key.id);
  return userId === null ? null : takePersonsTurn(userId, method === "GET" ? "reads" : "writes");
}

function idempotencyKeyOf({ headers }: Request): string | undefined {
  const given = headers.get("idempotency-key") ?? undefined;
  if (given !== undefined && !/^[\x21-\x7e]{1,200}$/.test(given))
    refuse("Idempotency-Key", given, "is 1 to 200 visible ASCII characters");
  return given;
}

async function mustKnow(request: Request, actorOf: () => Promise<Actor | null>): Promise<Actor> {
  const actor = await actorOf();
  if (actor) return actor;
  const rule =
    shownKey(request) === null
      ? "sign in first"
      : "this key opens nothing: it is not one of ours, was revoked, or is over";
  throw new Refusal({ code: "unauthenticated", field: "", value: null, rule });
}

/** A list as a table where one was asked for. */
async function asAsked(request: Request, response: Response): Promise<Response> {
  if (!wantsCsv(request) || !response.ok) return response;
  return csvOf(await response.clone().json(), new URL(request.url)) ?? response;
}

/**
 * Answers a request to the API. Every failure is a `Problem` in JSON with the status that fits it; every
 * answer names the request, by an id of its own that a caller may not choose.
 *
 * @param actorOf who asks, by the request's session or key; not asked for what is public
 */
export async function answerApi(request: Request, actorOf: () => Promise<Actor | null>): Promise<Response> {
  let id: string = crypto.randomUUID();
  const { pathname, searchParams } = new URL(request.url);
  try {
    if (request.method === "GET" && pathname === `${API_PREFIX}/openapi.json`)
      return Response.json(await openApi());
    mustBeOurs(request);
    if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES) return tooLarge(id);
    const actor = await mustKnow(request, actorOf);
    id = requestId(actor, id);
    const turn = await turnOf(request, actor);
    if (turn?.problem) return problemResponse(turn.problem, id, undefined, turn.headers);
    const idempotencyKey = idempotencyKeyOf(request);
    const context: RequestContext = { actor, request: id, idempotencyKey };
    mustNotNameTooDeep(searchParams.keys());
    const read = await withBodyRead(request);
    if (!read) return tooLarge(id);
    const { matched, response: handled } = await handler.handle(read, { prefix: API_PREFIX, context });
    if (!matched) {
      const rule = `there is no ${request.method} ${pathname}; see ${API_PREFIX}/openapi.json`;
      return problemResponse({ code: "not_found", field: "", value: pathname, rule }, id);
    }
    const response = await asAsked(request, handled);
    for (const [name, value] of Object.entries({ ...answerHeaders(id, response.status), ...turn?.headers }))
      response.headers.set(name, value);
    const lastWrite = context.wrote && !actor.key ? writeCookie(actor, isSecure(request.headers)) : null;
    if (lastWrite) response.headers.append("set-cookie", lastWrite);
    return response;
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: pathname, status, err: error }, problem.rule);
    else log.info({ request: id, path: pathname, status, field: problem.field }, problem.rule);
    return problemResponse(problem, id, status);
  }
}
