import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { z } from "zod";
import { scopeOpening } from "@/lib/auth/key-scopes";
import { SESSION_COOKIE } from "@/lib/auth/session";
import { API_VERBS } from "@/lib/commands/verbs";
import { ERROR_CODES } from "@/lib/errors";
import { QUERIES } from "@/lib/queries/queries";
import type { Query } from "@/lib/queries/query";
import { factsShape, policyShape, resultShape } from "@/lib/queries/shapes";
import { PUBLISHED } from "./placed";
import { placeOf } from "./places";
import { STATUS } from "./problems";

const problemShape = z.object({
  code: z.enum(ERROR_CODES),
  field: z.string(),
  value: z.unknown(),
  rule: z.string(),
});

const DESCRIPTION = `Partner attribution that finance has signed.

Each operation also answers at its operationId: \`GET /deals/{dealId}/why\` is \`GET /why?dealId=…\`, and a write \`POST /tag-partner\` with what stands in the address in its body.

Reads are GET, or POST where the input is a document. A write may carry \`Idempotency-Key\`, and answers the id of its request, by which \`undo\` takes it back. Money is a whole number of minor units with its currency, a day YYYY-MM-DD. Arrays in an address are written \`stage[0]=4&stage[1]=5\`. Lists are paged by \`after\`, which is \`next\` of the page before.

A request shows a key, \`Authorization: Bearer csk_…\`, made in Settings, API. Answers to one say in \`RateLimit\` how many requests are left.`;

type Document = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

let made: Promise<Document> | undefined;

/** The API's OpenAPI 3.1 document, from the contract; made once a process. */
export function openApi(): Promise<Document> {
  made ??= generate();
  return made;
}

async function generate(): Promise<Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(PUBLISHED, {
    info: {
      title: "Countersign",
      version: "1",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }, { key: [] }],
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: SESSION_COOKIE,
          description: "Over https its name begins with `__Host-`.",
        },
        /** Settings, API makes it; what it is for stands at each operation. */
        key: { type: "http", scheme: "bearer", description: "A key made in Settings, API: `csk_…`." },
        /** What `npm run -s gate -- token` prints; for `gate-deal` alone. */
        gate: { type: "http", scheme: "bearer" },
      },
    },
    commonSchemas: {
      Problem: { schema: problemShape, strategy: "output" },
      Facts: { schema: factsShape, strategy: "output" },
      Policy: { schema: policyShape, strategy: "output" },
      Result: { schema: resultShape, strategy: "output" },
    },
  });
  return withProblems(document);
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header" as const,
  required: false,
  description: "A repeat with the same body gets the first answer; another body is refused.",
  schema: { type: "string" as const, minLength: 1, maxLength: 200 },
};

/** Which scope of a key opens each operation, by its id. */
const SCOPES: ReadonlyMap<string, string | null> = new Map([
  ...QUERIES.map((query): [string, string] => [query.name, (query as Query).scope ?? "read"]),
  ...API_VERBS.map(({ name, guard }): [string, string | null] => [name, scopeOpening(guard.may)]),
]);

function keyWords(operationId: string): string {
  const scope = SCOPES.get(operationId);
  if (scope === null) return "No key opens this: a person does it, signed in.";
  if (operationId === "rehearse") return "A key needs the scope of the write.";
  return `A key needs \`${scope ?? "read"}\`.`;
}

const firstWord = (address: string) => address.split("/")[1] ?? "";
const NOUNS = new Set([...SCOPES.keys()].map((name) => firstWord(placeOf(name)?.path ?? "/")));

/** What a call is of, by which a reader finds it: the first word of its place. */
const nounOf = (address: string) => (NOUNS.has(firstWord(address)) ? firstWord(address) : "other");

/** What a stranger looks for first; then the others by name, and last what stands at its operationId alone. */
const FIRST = [
  ...["deals", "roles", "activities", "registrations", "partners", "accounts", "evidence", "proposals"],
  ...["inbox", "exceptions", "quarters", "policies", "forecast", "imports", "connections"],
];

function tagsOf(nouns: ReadonlySet<string>) {
  const place = (noun: string) => (noun === "other" ? Infinity : FIRST.indexOf(noun) + 1 || FIRST.length + 1);
  return [...nouns]
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((name) => ({
      name,
      description: name === "other" ? "Each at its operationId alone." : `What stands at \`/${name}\`.`,
    }));
}

/** Every operation can fail in the same ways, so the ways are written in here once; and by which key it is opened. */
function withProblems(document: Document): Document {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const failures = Object.fromEntries(
    [...new Set(Object.values(STATUS))].map((status) => {
      const codes = ERROR_CODES.filter((code) => STATUS[code] === status);
      return [String(status), { description: codes.join(" or "), content }];
    }),
  );
  const nouns = new Set<string>();
  for (const [address, path] of Object.entries(document.paths ?? {})) {
    for (const operation of METHODS.map((method) => path?.[method])) {
      if (!operation) continue;
      const id = operation.operationId ?? "";
      operation.description = keyWords(id);
      operation.responses = { ...operation.responses, ...failures };
      if (id === "gate-deal") operation.security = [{ session: [] }, { key: [] }, { gate: [] }];
      if (operation.tags?.includes("writes"))
        operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
      operation.tags = [nounOf(address)];
      nouns.add(nounOf(address));
    }
  }
  return { ...document, tags: tagsOf(nouns) };
}
