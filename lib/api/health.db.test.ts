import { afterEach, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { answerAlive, answerReady } from "./health";

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeDatabases();
});

test("a process is ready while its database answers", async () => {
  vi.stubEnv("DATABASE_URL", (await testDatabase()).url);
  const answer = await answerReady();
  expect({ status: answer.status, ...(await answer.json()) }).toEqual({ status: 200, state: "ready" });
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("and alive, and not ready, while it does not", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none");
  const answer = await answerReady();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.text()).not.toMatch(/127|secret|postgres/);
  expect(answerAlive().status).toBe(200);
});
