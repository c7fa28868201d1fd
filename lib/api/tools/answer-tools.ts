import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { actorOfKey, shownKey } from "@/lib/auth/api-key";
import { takeTurn } from "@/lib/auth/rate-limit";
import { Refusal } from "@/lib/errors";
import { mustOpen } from "@/lib/queries/query";
import { log } from "../log";
import { answerHeaders, problemIn, problemResponse } from "../problems";
import { requestId } from "../request-id";
import { bodyWithin } from "../small-body";
import { TOOLS } from "./tools";

/** A call's message is a question with a few fields. */
const BODY_BYTES = 1 << 20;

const LISTED = TOOLS.map(({ name, title, description, input }) => ({
  ...{ name, title, description },
  inputSchema: z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as { type: "object" },
  annotations: {
    title,
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
}));

/** A server of tools for one request by one actor: it keeps nothing between requests. */
function toolServer(actor: Actor, request: string): Server {
  const server = new Server({ name: "countersign", version: "1" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: LISTED }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `there is no tool ${params.name}`);
    try {
      return told(await tool.answer(params.arguments ?? {}, actor, signal));
    } catch (error) {
      const { status, problem } = problemIn(error);
      if (status >= 500) log.error({ request, tool: tool.name, err: error }, problem.rule);
      return { ...told(problem), isError: true };
    }
  });
  return server;
}

/** As data, and as its text for those who read no data. */
const told = (answer: unknown) => ({
  content: [{ type: "text" as const, text: JSON.stringify(answer) }],
  structuredContent: answer as Record<string, unknown>,
});

async function mustHaveKey(request: Request): Promise<Actor> {
  const key = shownKey(request);
  const actor = key && (await actorOfKey(key));
  if (!actor) {
    const rule = "show a key made for read, Authorization: Bearer csk_…";
    throw new Refusal({ code: "unauthenticated", field: "authorization", value: null, rule });
  }
  mustOpen(actor);
  return actor;
}

/**
 * Answers a model's client over streamable HTTP (MCP), under a key's scope `read` and no session. The same queries as
 * everywhere, read-only. Each request is whole: there is no stream to listen on, so GET and DELETE are refused.
 */
export async function answerTools(request: Request): Promise<Response> {
  let id: string = crypto.randomUUID();
  try {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const actor = await mustHaveKey(request);
    id = requestId(actor, id);
    const turn = await takeTurn(actor.key?.id ?? "");
    if (turn.problem) return problemResponse(turn.problem, id, undefined, turn.headers);
    const body = await bodyWithin(request, BODY_BYTES);
    if (!body) {
      const rule = `a message is at most ${BODY_BYTES >> 20} MB`;
      return problemResponse({ code: "invalid", field: "", value: null, rule }, id, 413);
    }
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await toolServer(actor, id).connect(transport);
    const { url, method, headers, signal } = request;
    const read = new Request(url, { method, headers, signal, body: new Uint8Array(body) });
    const response = await transport.handleRequest(read);
    for (const [name, value] of Object.entries({ ...answerHeaders(id, response.status), ...turn.headers }))
      response.headers.set(name, value);
    return response;
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "tools", status, err: error }, problem.rule);
    const challenge = status === 401 ? { "www-authenticate": "Bearer" } : undefined;
    return problemResponse(problem, id, status, challenge);
  }
}
