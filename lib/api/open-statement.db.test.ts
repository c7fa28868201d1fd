import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { shareStatement } from "@/lib/commands/statement/share-statement";
import { answerStatement, answerStatementPdf } from "./statement";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

let company: Company;
let token: string;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  token = (await company.as("pam", shareStatement, { partnerId: "P-1" })).token as string;
});
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

const post = (
  body: unknown,
  headers: Record<string, string> = { origin: "http://here.test" },
  answer = answerStatement,
) =>
  answer(
    new Request("http://here.test/api/statement", {
      method: "POST",
      headers: { host: "here.test", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );

test("whoever holds the link gets its partner's statement, kept by nobody on the way", async () => {
  const answer = await post({ token });
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await answer.json()).toMatchObject({
    ...{ partner: "Northgate", count: 0, lines: [] },
    until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
  });
});

test("no other word of a request is read, and what is no link answers as one that is over, without what was sent", async () => {
  for (const body of [
    { token, partnerId: "P-2" },
    { token, amounts: true },
    { partnerId: "P-1" },
    "P-1",
    null,
  ])
    expect((await post(body)).status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
  const wrong = await post({ token: `${token.slice(0, -1)}_` });
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  const said = await wrong.text();
  expect(said).toContain("never was one");
  expect(said).not.toContain(token.slice(0, 10));
  expect((await post({ token }, { origin: "http://elsewhere.test" })).status).toBe(403);
});

test("the statement is a PDF by the same link, and by no other", async () => {
  const origin = { origin: "http://here.test" };
  const pdf = await post({ token }, origin, answerStatementPdf);
  expect([pdf.status, pdf.headers.get("content-type"), pdf.headers.get("cache-control")]).toEqual([
    200,
    "application/pdf",
    "no-store",
  ]);
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect((await post({ token: `${token}x` }, origin, answerStatementPdf)).status).toBeGreaterThanOrEqual(400);
});
