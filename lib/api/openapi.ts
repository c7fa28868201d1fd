import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { z } from "zod";
import { ERROR_CODES } from "@/lib/errors";
import { factsShape, policyShape, resultShape } from "@/lib/queries/shapes";
import { contract } from "./contract";
import { STATUS } from "./problems";

const problemShape = z.object({
  code: z.enum(ERROR_CODES),
  field: z.string(),
  value: z.unknown(),
  rule: z.string(),
});

type Document = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

let made: Promise<Document> | undefined;

/** The API's OpenAPI 3.1 document, from the contract; made once a process. */
export function openApi(): Promise<Document> {
  made ??= generate();
  return made;
}

async function generate(): Promise<Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: "Countersign",
      version: "1",
      description:
        "Partner attribution that finance has signed. Reads are GET, or POST where the input is a document; a write is POST, may carry `Idempotency-Key`, and answers the id of its request, by which `undo` takes it back. Money is a whole number of minor units with its currency, a day YYYY-MM-DD. Arrays in an address are written `stage[0]=4&stage[1]=5`.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
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

/** Every operation can fail in the same ways, so the ways are written in here once. */
function withProblems(document: Document): Document {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const failures = Object.fromEntries(
    [...new Set(Object.values(STATUS))].map((status) => {
      const codes = ERROR_CODES.filter((code) => STATUS[code] === status);
      return [String(status), { description: codes.join(" or "), content }];
    }),
  );
  const gate = document.paths?.["/gate-deal"]?.get;
  if (gate) gate.security = [{ session: [] }, { gate: [] }];
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path?.get, path?.post]) {
      if (!operation) continue;
      operation.responses = { ...operation.responses, ...failures };
      if (!path?.post || operation.tags?.includes("reads")) continue;
      operation.parameters = [
        ...(operation.parameters ?? []),
        {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description: "A repeat with the same body gets the first answer; another body is refused.",
          schema: { type: "string", minLength: 1, maxLength: 200 },
        },
      ];
    }
  }
  return document;
}
