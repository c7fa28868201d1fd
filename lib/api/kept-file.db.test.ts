import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { keepFile } from "@/lib/commands/activity/keep-file";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { keptFile } from "@/lib/queries/deal/kept-file";
import { note } from "@/lib/queries/deal/note";
import { answer, type Query } from "@/lib/queries/query";
import { answerKeptFile } from "./kept-file";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

let company: Company;
let dealId: string;
beforeAll(async () => {
  company = await openCompany();
  process.env.DATABASE_URL = company.url;
  dealId = await company.deal();
});
afterAll(async () => {
  await company.close();
  await closeDatabases();
  delete process.env.DATABASE_URL;
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const MINUTES = "Minutes of 10 May.\nTheir CFO asked Northgate in.\n";
const ask = async <Q extends Query>(query: Q, input: unknown) =>
  query.output.parse(
    await answer(query, query.input.parse(input) as never, {
      ...{ db: company.client.db, actor: company.actor("aude"), today: TODAY },
    }),
  );
const take = (sha256: string, person: "aude" | null = "aude") =>
  answerKeptFile(sha256, async () => (person ? company.actor(person) : null));

describe("a file kept as proof", () => {
  test("is named by the SHA-256 of its bytes, and is one proof whoever keeps it", async () => {
    const file = { dealId, name: "Protokoll Ä.txt", content: base64(MINUTES) };
    const { proof, sha256 } = await company.as("pam", keepFile, file);
    expect({ proof, sha256 }).toEqual({ proof: `note:sha256-${hashOf(MINUTES)}`, sha256: hashOf(MINUTES) });
    const again = await company.as("paul", keepFile, { ...file, name: "copy.txt" });
    expect(again.proof).toBe(proof);
    const motion = { partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: "2026-05-10", proof };
    await company.as("pam", logActivity, { ...motion, dealId });
    expect(await ask(note, { id: proof.slice("note:".length) })).toEqual({
      note: {
        ...{ text: "Protokoll Ä.txt", recordedOn: TODAY, by: "Pam Lind" },
        file: { name: "Protokoll Ä.txt", bytes: Buffer.byteLength(MINUTES), sha256, intact: true },
      },
    });
  });

  test("is told in the log without its bytes", async () => {
    const rows = await company.client.db.execute<{ entry: string }>(
      sql`select after::text as entry from audit_log where action = 'keep-file'`,
    );
    expect(rows).toHaveLength(2);
    for (const { entry } of rows) {
      expect(JSON.parse(entry)).toMatchObject({ fileSha256: hashOf(MINUTES), bytes: MINUTES.length });
      expect(entry).not.toContain(base64(MINUTES).slice(0, 20));
    }
  });

  test("is taken away by whoever may read the deal, as a file that no page runs", async () => {
    const response = await take(hashOf(MINUTES));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(MINUTES);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="Protokoll _.txt"; filename*=UTF-8''Protokoll%20%C3%84.txt`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    expect((await take(hashOf(MINUTES), null)).status).toBe(401);
    expect((await take(hashOf("another"))).status).toBe(404);
    expect((await take("no hash")).status).toBe(400);
  });

  test.each<[string, object, object]>([
    ["a page", { name: "page.html", content: base64("<script>") }, { field: "name", value: "page.html" }],
    ["a page under another name", { name: "page.pdf", content: base64("<html>") }, { field: "name" }],
    ["what is no base64", { name: "a.txt", content: "???" }, { field: "content" }],
    ["what base64 reads leniently", { name: "a.txt", content: "YQ" }, { field: "content" }],
    ["nothing", { name: "a.txt", content: "" }, { field: "name", rule: "is empty" }],
    ["too much", { name: "a.txt", content: "YWFh".repeat(1_700_000) }, { field: "content" }],
  ])("is not %s", async (_, file, refusal) => {
    await expect(company.as("pam", keepFile, { dealId, ...file })).rejects.toMatchObject(refusal);
  });

  test("is kept by those who may log on the deal", async () => {
    const file = { dealId, name: "a.txt", content: base64("a") };
    for (const person of ["ben", "aude"] as const)
      await expect(company.as(person, keepFile, file)).rejects.toMatchObject({ code: "forbidden" });
    await company.as("ana", keepFile, file);
  });

  test("says so when its bytes were changed past everything", async () => {
    const owner = postgres(company.url, { max: 1, onnotice: () => {} });
    const id = `sha256-${hashOf(MINUTES)}`;
    try {
      await owner`select set_config('countersign.actor', 'owner', false), set_config('countersign.request', 'r', false)`;
      // A constraint holds the bytes to the hash, a trigger the row to itself: both have to go first.
      await expect(owner`update notes set file = 'other' where id = ${id}`).rejects.toThrow(/append-only/);
      await owner`alter table notes disable trigger all`;
      await expect(owner`update notes set file = 'other' where id = ${id}`).rejects.toThrow(/file_is_itself/);
      await owner`alter table notes drop constraint notes_file_is_itself`;
      await owner`update notes set file = 'other' where id = ${id}`;
    } finally {
      await owner.end();
    }
    expect(((await ask(note, { id })) as { note: unknown }).note).toMatchObject({ file: { intact: false } });
    await expect(ask(keptFile, { sha256: hashOf(MINUTES) })).rejects.toMatchObject({ code: "conflict" });
    expect((await take(hashOf(MINUTES))).status).toBe(409);
  });
});
