import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { createContact } from "@/lib/commands/partner/create-contact";
import { runCommand } from "./run-command.fixture";

let company: Company;
let folder: string;
beforeAll(async () => {
  company = await openCompany();
  folder = await mkdtemp(join(tmpdir(), "countersign-propose-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await company.close();
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("a line a file, in the order given, and nothing is stored", async () => {
  const dealId = await company.deal();
  await company.as("pam", createContact, {
    partnerId: "P-1",
    name: "Sunniva Hale",
    email: "s@northgate.example",
  });
  const quote = "Sunniva Hale introduced us to the CFO of Larkfield Foods last Tuesday.";
  const mail = await file(
    "told.eml",
    `From: Pam <pam@x.example>\r\nTo: Ana <ana@x.example>\r\nSubject: Hello\r\nDate: Mon, 11 May 2026 09:00:00 +0000\r\n\r\nHi Ana,\r\n\r\n${quote} More soon.\r\n`,
  );
  const lunch = await file("lunch.txt", "Lunch on Friday?\n");
  const ran = await runCommand(company.url, "propose", mail, lunch);
  expect([ran.status, ran.said]).toEqual([0, ""]);
  expect(
    ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      file: mail,
      proposals: [
        {
          ...{ dealId, partnerId: "P-1", contact: "Sunniva Hale", type: "executive_intro" },
          ...{ occurredOn: "2026-05-05", involvement: "direct", quote },
        },
      ],
    },
    { file: lunch, proposals: [] },
  ]);
  const kept = await company.client.db.execute(sql`select 1 from evidence_files`);
  expect([...kept]).toEqual([]);
});

test("one that cannot be read says why in its line, and the others are read", async () => {
  const bad = await file("bad.eml", "no headings");
  const absent = join(folder, "absent.eml");
  const lunch = await file("lunch.txt", "Lunch on Friday?\n");
  const ran = await runCommand(company.url, "propose", bad, absent, lunch);
  expect(ran.status).toBe(1);
  expect(
    ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      file: bad,
      error: { field: "file", value: "bad.eml", rule: "is no mail: it has no headings (RFC 5322)" },
    },
    { file: absent, error: { field: "file", value: absent, rule: "cannot be opened" } },
    { file: lunch, proposals: [] },
  ]);
  expect((await runCommand(company.url, "propose")).status).toBe(2);
});
