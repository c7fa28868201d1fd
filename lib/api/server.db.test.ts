import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import type { Actor } from "@/lib/auth/actor";
import { answerApi } from "./server";

/** Whoever is signed in is counted, in the database, before a body is read. */
beforeAll(async () => void vi.stubEnv("DATABASE_URL", (await testDatabase()).url));
afterAll(async () => {
  await closeDatabases();
  vi.unstubAllEnvs();
});

it.each([
  [32 * 2 ** 20, 401, "unauthenticated"],
  [32 * 2 ** 20 + 1, 413, "invalid"],
  [2 ** 40, 413, "invalid"],
])("of a body of %d bytes says %d, before anybody is asked who they are", async (bytes, status, code) => {
  const answer = await answerApi(
    new Request("http://countersign.test/api/v1/import-batch", {
      method: "POST",
      headers: { "content-length": String(bytes), "sec-fetch-site": "same-origin" },
    }),
    async () => null,
  );
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status, code });
});

const PERSON: Actor = { id: "user:U-1", userId: "U-1", name: "Aude", role: "auditor", ownerName: null };

/** A request whose length nobody tells, of so many pieces at most; `sent` counts those that were asked for. */
function chunked(piece: string, most: number): { request: Request; sent: () => number } {
  let sent = 0;
  const bytes = new TextEncoder().encode(piece);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < most) controller.enqueue(bytes);
      else controller.close();
    },
  });
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const init = { method: "POST", headers, body, duplex: "half" };
  return { request: new Request("http://countersign.test/api/v1/remove-demo", init), sent: () => sent };
}

it("reads no more than its limit of a body whose length nobody tells", async () => {
  const { request, sent } = chunked(" ".repeat(2 ** 20), 400);
  const answer = await answerApi(request, async () => PERSON);
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status: 413, code: "invalid" });
  expect(sent()).toBeLessThan(36);
});

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

it.each([
  ["objects", `{"luck":${nested(20_000)}}`],
  ["lists", `{"luck":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
])("refuses %s that nest too deep, naming the field", async (_what, body) => {
  const answer = await answerApi(chunked(body, 1).request, async () => PERSON);
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({
    ...{ status: 400, code: "invalid", field: "luck", rule: "must nest at most 64 deep" },
  });
});

it("takes brackets in a text for what they are", async () => {
  const body = JSON.stringify({ luck: `\\"${"[{".repeat(500)}` });
  const answer = await answerApi(chunked(body, 1).request, async () => PERSON);
  expect((await answer.json()).code).toBe("forbidden");
});
