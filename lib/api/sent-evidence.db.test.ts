import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { evidenceWaiting } from "@/lib/queries/evidence/evidence-waiting";
import { answer } from "@/lib/queries/query";
import { answerSentEvidence } from "./sent-evidence";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const TOKEN = "a-token-that-a-mailbox-keeps-0123456789";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  await company.deal();
});
beforeEach(() => vi.stubEnv("EVIDENCE_TOKEN", TOKEN));
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

const sent = (kind: string, body: string, token = TOKEN) =>
  answerSentEvidence(
    new Request(`https://here.test/api/v1/sent-evidence/${kind}`, {
      ...{ method: "POST", body, headers: { authorization: `Bearer ${token}` } },
    }),
    kind,
  );

const MAIL = [
  "From: Pam <pam@example.com>",
  "To: Ana <ana@example.com>",
  "Subject: Larkfield",
  "Date: Mon, 11 May 2026 09:00:00 +0000",
  "",
  "Northgate ran the joint discovery with Larkfield Foods yesterday.",
].join("\r\n");

const CALL = JSON.stringify({
  metaData: { id: "77", title: "Larkfield Foods demo", started: "2026-05-12T09:00:00Z" },
  parties: [{ speakerId: "1", name: "Sunniva Hale", emailAddress: "s@northgate.example" }],
  transcript: [{ speakerId: "1", sentences: [{ text: "Welcome to the joint demo for Larkfield Foods." }] }],
});

test("a mail and a call wait for a person like what was dropped, each as it came", async () => {
  const mail = await sent("mail", MAIL);
  expect([mail.status, await mail.json()]).toEqual([200, expect.objectContaining({ proposals: 1 })]);
  const call = await sent("call", CALL);
  expect([call.status, await call.json()]).toEqual([200, expect.objectContaining({ proposals: 1 })]);
  const context = { db: company.client.db, actor: company.actor("pam"), today: TODAY };
  const { rows } = await answer(evidenceWaiting, {}, context);
  expect(
    rows.map(({ type, occurredOn, quote, file: { via, by } }) => ({ type, occurredOn, quote, via, by })),
  ).toEqual([
    {
      ...{ type: "joint_demo", occurredOn: "2026-05-12", via: "call", by: null },
      quote: "Welcome to the joint demo for Larkfield Foods.",
    },
    {
      ...{ type: "joint_discovery", occurredOn: "2026-05-10", via: "mail", by: null },
      quote: "Northgate ran the joint discovery with Larkfield Foods yesterday.",
    },
  ]);
});

test("nobody comes in without the token, and by none that is unset or short", async () => {
  expect((await sent("mail", MAIL, `${TOKEN}x`)).status).toBe(401);
  vi.stubEnv("EVIDENCE_TOKEN", "short");
  expect((await sent("mail", MAIL, "short")).status).toBe(401);
  vi.stubEnv("EVIDENCE_TOKEN", "");
  expect((await sent("mail", MAIL, "")).status).toBe(401);
});

test("what is no mail, no call, or too long is refused by its field", async () => {
  expect(await (await sent("mail", "hello")).json()).toMatchObject({ code: "invalid", field: "file" });
  expect(await (await sent("call", "{}")).json()).toMatchObject({ rule: "is no call: it has no transcript" });
  expect((await sent("fax", MAIL)).status).toBe(404);
  expect((await sent("mail", `${MAIL}${"x".repeat(2_000_000)}`)).status).toBe(400);
});
