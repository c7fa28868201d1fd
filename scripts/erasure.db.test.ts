// Long: one company with a frozen quarter, and everything that must be equal after somebody of it is erased.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { writeWhole } from "@/db/server/whole";
import { growLog } from "@/lib/audit/grow";
import { logKeys, newestHead } from "@/lib/audit/head";
import { verifyLog } from "@/lib/audit/verify-log";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { keepFile } from "@/lib/commands/activity/keep-file";
import { keepNote } from "@/lib/commands/activity/keep-note";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, type Person } from "@/lib/commands/commands.fixture";
import { editUser } from "@/lib/commands/company/edit-user";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { rehearse } from "@/lib/commands/door";
import { erasePerson } from "@/lib/commands/erasure/erase-person";
import { holdPerson } from "@/lib/commands/erasure/hold-person";
import { commentException } from "@/lib/commands/exception/comment-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { createContact } from "@/lib/commands/partner/create-contact";
import { removeContact } from "@/lib/commands/partner/remove-contact";
import { freezeOf, tellSignatures } from "@/lib/commands/review/freeze.fixture";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { checkProjections } from "@/lib/judging/rebuild";
import { foldTallies } from "@/lib/judging/tallies";
import { numbers } from "@/lib/queries/numbers/numbers";
import { answer } from "@/lib/queries/query";
import { restatements } from "@/lib/queries/review/restatements";
import { exportLog } from "./write-export";

const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const NOW = { today: "2026-05-20" };
const OTTO = { name: "Otto Brandt", email: "otto@northgate.example" };
const SAID = `Ask ${OTTO.name} <${OTTO.email}> again, as Ana Ruiz said`;
const VERIFY = fileURLToPath(new URL("verifier/verify.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "countersign-erase-"));
const head = join(folder, "head.json");

let company: Company;
let client: Company["client"];
let owner: postgres.Sql;
let open: string;
let otto: string;
let gone: string;

/** A closed deal of Ana's in a frozen quarter, an open one, and Otto of Northgate in whatever holds words. */
beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  client = company.client;
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
  const { as } = company;
  otto = (await as("pam", createContact, { partnerId: "P-1", ...OTTO })).contactId as string;
  gone = (await as("pam", createContact, { partnerId: "P-1", name: "Celeste Munro" })).contactId as string;
  const closed = await company.deal({ createdOn: "2026-02-01" });
  await as("ana", confirmNoPartner, { dealId: closed }, THEN);
  const [{ version } = { version: 0 }] = await owner`select version from deals where id = ${closed}`;
  await as("ana", closeDeal, { dealId: closed, version, outcome: "won" }, THEN);
  await freezeOf(company, QUARTER, NOW.today);
  await tellSignatures(company);
  open = await company.deal();
  const row = { dealId: open, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
  const { rowId } = await as("pam", tagPartner, { ...row, contact: `${OTTO.name}, practice lead` });
  await as("ana", confirmRole, { rowId });
  const { proof } = await as("ana", keepNote, { dealId: open, text: SAID });
  const content = Buffer.from(`${SAID} about it`).toString("base64");
  await as("pam", keepFile, { dealId: open, name: "minutes.txt", content });
  const motion = { dealId: open, partnerId: "P-1", type: "joint_pitch", occurredOn: "2026-05-02", proof };
  await as("ana", logActivity, { ...motion, nextStep: SAID });
  const { exceptionId } = await as("pam", raiseException, { dealId: open, kind: "other", claim: SAID }, NOW);
  await as("fay", commentException, { exceptionId, text: SAID }, NOW);
  await settle();
  writeFileSync(head, JSON.stringify({ head: await newestHead(client.db), keys: await logKeys(client.db) }));
}, 300_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await owner?.end();
  await company?.close();
});

const ofUser = { kind: "user", id: "ana", reason: "left, and asked for it" };

/** Until everything that was written is in the tree, and counted. */
async function settle() {
  for (let waiting = 1; waiting > 0; ) {
    await growLog(client);
    const verdict = await verifyLog(client.db);
    waiting = verdict.ok ? verdict.waiting : 0;
  }
  await foldTallies(client);
}

/** Every place of the database that says one of the words, read as text and as the database stores it. */
async function placesNaming(...words: string[]): Promise<string[]> {
  const columns = await owner<{ place: string; col: string }[]>`
    select c.relname as place, a.attname as col from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and format_type(a.atttypid, null) in ('text', 'jsonb', 'text[]', 'character', 'bytea') order by 1, 2`;
  const found: string[] = [];
  for (const { place, col } of columns) {
    const text = `case pg_typeof(${col})::text when 'bytea' then encode(${col}::text::bytea, 'escape') else ${col}::text end`;
    const [row] = await owner.unsafe(
      `select count(*)::int as n from ${place} where ${words.map((_, at) => `position(lower($${at + 1}::text) in lower(${text})) > 0`).join(" or ")}`,
      words,
    );
    if (row!.n > 0) found.push(`${place}.${col}`);
  }
  return found;
}

/** What must not move: every number of every quarter, every outcome, every seal. */
async function whatCounts() {
  const context = { db: client.db, actor: company.actor("fay"), ...NOW };
  const told = [];
  for (const quarter of [QUARTER, "2026-Q2"]) told.push(await answer(numbers, { quarter }, context));
  return {
    told,
    outcomes: [...(await owner`select to_jsonb(j) - 'owner' as row from judged_deals j order by deal_id`)],
    seals: [...(await owner`select quarter, digest, tally from sealed_quarters order by quarter`)],
    sealed: [...(await owner`select quarter, deal_id, document from sealed_deals order by 1, 2`)],
    rulings: [...(await owner`select * from rulings order by id`)],
  };
}

async function verify(...args: string[]) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, ...args]);
    return { status: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { status: code, said: stdout };
  }
}

describe("an erasure", { timeout: 240_000 }, () => {
  test("is an admin's alone, of somebody who cannot come in, has no duties, and is not held", async () => {
    const refused = async (by: Person, rule: RegExp) =>
      await expect(company.as(by, erasePerson, ofUser)).rejects.toMatchObject({
        rule: expect.stringMatching(rule),
      });
    for (const by of ["ana", "pam", "fay", "carl", "hope", "aude"] as const)
      await refused(by, /may not erase or hold/);
    await refused("rita", /Ana Ruiz may still sign in: switch them off first/);
    await company.as("rita", editUser, { userId: "ana", changes: { disabled: true } });
    await refused("rita", /Ana Ruiz still has 1 open deal: give that to somebody else, or end it, first/);
    await company.as("rita", editDeal, { dealId: open, changes: { owner: "Ben Okafor" } });
    await company.as("rita", holdPerson, { kind: "user", id: "ana", reason: "the Larkspur lawsuit" });
    await refused("rita", /until the hold is lifted: the Larkspur lawsuit/);
    await company.as("rita", holdPerson, { kind: "user", id: "ana", reason: null });
  });

  test("of a contact leaves their name and mail in nothing, and everything that counts as it was", async () => {
    const asked = { kind: "partner_contact", id: otto, reason: "asked for it" };
    const named = await placesNaming(OTTO.name, OTTO.email);
    for (const place of ["partner_contacts.name", "role_rows.contact", "activities.next_step", "notes.text"])
      expect(named).toContain(place);
    for (const place of ["notes.file", "exceptions.claim", "exception_notes.text", "audit_personal.value"])
      expect(named).toContain(place);
    const before = await whatCounts();
    const rehearsed = await rehearse(erasePerson, asked, { actor: company.actor("rita"), client, ...NOW });
    expect(await placesNaming(OTTO.name, OTTO.email)).toEqual(named);
    const done = await company.as("rita", erasePerson, asked);
    expect(rehearsed.answer).toMatchObject({ erased: done.erased, kept: done.kept });
    expect(done.kept).toEqual([]);
    await settle();
    expect(await placesNaming(OTTO.name, OTTO.email)).toEqual([]);
    expect(await whatCounts()).toEqual(before);
    expect(await checkProjections(client, NOW.today)).toBeNull();
    const [note] = await owner`select text from notes where id not like 'sha256-%' limit 1`;
    expect(note!.text).toMatch(/^Ask Erased person \d+ <erased-\d+@erased.invalid> again, as Ana Ruiz said$/);
  });

  test("of one who was removed already goes by what the log says of them", async () => {
    await company.as("pam", removeContact, { contactId: gone });
    expect(await placesNaming("Celeste Munro")).toEqual(["audit_personal.value"]);
    await company.as("rita", erasePerson, { kind: "partner_contact", id: gone, reason: "asked for it" });
    expect(await placesNaming("Celeste Munro")).toEqual([]);
  });

  test("of who owned deals leaves them in what is sealed and told as kept alone, and nobody comes back", async () => {
    const before = await whatCounts();
    const { kept, called } = await company.as("rita", erasePerson, ofUser);
    await settle();
    const left = await placesNaming("Ana Ruiz", "ana@company.example");
    expect([...new Set(left.map((place) => place.split(".")[0]))].sort()).toEqual(
      (kept as { table: string }[]).map(({ table }) => table).sort(),
    );
    expect(left).toContain("sealed_deals.document");
    expect(await placesNaming("ana@company.example")).toEqual([]);
    expect(await whatCounts()).toEqual(before);
    expect(await checkProjections(client, NOW.today)).toBeNull();
    const [row] = await owner`select name, owner_name, password_hash from users where id = 'ana'`;
    expect(row).toEqual({ name: called, owner_name: called, password_hash: null });
    await expect(company.as("rita", erasePerson, ofUser)).rejects.toMatchObject({
      rule: expect.stringContaining("erased already"),
    });
    await expect(
      company.as("rita", editUser, { userId: "ana", changes: { disabled: false } }),
    ).rejects.toMatchObject({ rule: expect.stringContaining("somebody new") });
  });

  test("is no correction of the quarter that is frozen", async () => {
    const { rows } = await answer(
      restatements,
      { quarter: QUARTER, offset: 0, limit: 50 },
      { db: client.db, actor: company.actor("fay"), ...NOW },
    );
    expect(rows).toEqual([]);
  });

  test("is found whole by an outsider with a head of before, in the database and in an export", async () => {
    const place = join(folder, "log");
    await exportLog(client.db, place);
    for (const args of [
      ["--database", company.url],
      ["--export", place],
    ]) {
      const { status, said } = await verify(...args, "--head", head);
      expect(status, said).toBe(0);
      expect(said).toMatch(/[1-9]\d* entries with a part that was erased or forgotten/);
      expect(said).toContain("is the beginning of this log");
    }
    const whole = join(folder, "whole");
    await writeWhole(company.url, whole);
    for (const at of [place, whole])
      for (const file of readdirSync(at, { recursive: true, withFileTypes: true }))
        if (file.isFile())
          expect(readFileSync(join(file.parentPath, file.name), "utf8"), file.name).not.toMatch(
            /Otto Brandt|otto@northgate/,
          );
  });

  test.each([
    ["changed", `update audit_personal set value = '"Another reason"' where field = 'reason'`, "people"],
    ["gone without an erasure", `delete from audit_personal where field = 'reason'`, "unsaid"],
  ])(
    "is not what somebody with the owner's rights did: a part that is %s is found",
    async (_, statement, fault) => {
      // Younger than every erasure: none explains it.
      await company.as("rita", holdPerson, { kind: "user", id: "fay", reason: `a lawsuit that is ${fault}` });
      await settle();
      await owner.unsafe(`begin; alter table audit_personal disable trigger all;
        create table spare as select * from audit_personal; ${statement}; commit`);
      const { status, said } = await verify("--database", company.url, "--head", head);
      expect(status, said).toBe(1);
      expect(await verifyLog(client.db)).toMatchObject({ ok: false, fault });
      await owner.unsafe(`begin; delete from audit_personal; insert into audit_personal select * from spare; drop table spare;
      alter table audit_personal enable trigger all; alter table audit_personal enable always trigger b_unchanged;
      alter table audit_personal enable always trigger b_by_erasure; commit`);
      expect(await verifyLog(client.db)).toMatchObject({ ok: true });
      await company.as("rita", holdPerson, { kind: "user", id: "fay", reason: null });
    },
  );
});

test("every place that is kept is there, and none that holds words is forgotten", async () => {
  const places = await owner<{ place: string; col: string }[]>`select place, col from columns_with_words()`;
  const kept = await owner<{ place: string; col: string }[]>`select place, col from kept_places()`;
  const missing = kept.filter(
    (one) => !places.some(({ place, col }) => place === one.place && (one.col === "*" || one.col === col)),
  );
  expect(missing).toEqual([]);
});

test("nothing is erased past the verb: not by the app's role, nor words that stay by anybody's hand", async () => {
  const tries = [
    "delete from audit_personal",
    `update audit_personal set value = '"x"'`,
    "insert into erasures (kind, person_id, reason, erased_by) values ('user', 'ben', 'x', 'rita')",
    "select erase_words(sought_of('{Fay Chen}', '{}', 1))",
    "select erase_person('user', 'ben', 'x')",
    "select set_config('countersign.erasing', pg_current_xact_id()::text, true); update notes set text = 'x'",
  ];
  for (const statement of tries)
    await expect(
      guardedTransaction(client, { actor: "user:fay", request: "R-1" }, async (tx) => {
        for (const one of statement.split("; ")) await tx.execute(sql.raw(one));
      }),
      statement,
    ).rejects.toThrow();
});
