// Long: one bundle, and everything that can be done to it.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { entryLine } from "@/lib/audit/entry";
import { growLog } from "@/lib/audit/grow";
import { logKeys, newestHead, signHead } from "@/lib/audit/head";
import { Growing, leafHash } from "@/lib/audit/tree";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deferException } from "@/lib/commands/exception/defer-exception";
import {
  agreedForYears,
  closersOf,
  holdReview,
  prepareAndFreeze,
  SIGNERS,
  tellSignatures,
} from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { type ProofBundle, proofBundle } from "@/lib/queries/audit/proof-bundle";
// @ts-expect-error plain JavaScript, as an outsider runs it
import * as byNode from "./verifier/bytes.mjs";
// @ts-expect-error the same
import { checkBundle } from "./verifier/check-bundle.mjs";
// @ts-expect-error the same
import { makePage } from "./verifier/make-page.mjs";
// @ts-expect-error the same
import * as inPage from "./verifier/page/bytes.mjs";
// @ts-expect-error the same
import { readBundle } from "./verifier/read-bundle.mjs";

/** A frozen quarter as a file for a stranger: whatever is changed in it is found, by the page and by the command alike. */
const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const FROZEN = "2026-04-10";
const FOLDER = fileURLToPath(new URL("verifier", import.meta.url));

let company: Company;
let owner: postgres.Sql;
let folder: string;
let bundle: ProofBundle;
let kept: { head: string; keys: unknown };

const take = (asked: Partial<{ number: string; since: string }> = {}) =>
  proofBundle(
    company.actor("aude"),
    { quarter: QUARTER, number: asked.number ?? null, since: asked.since ?? null },
    company.client,
  );

/** Everything that there is, once the youngest entries can be taken in. */
const growAll = () =>
  vi.waitFor(
    async () => {
      await growLog(company.client);
      const [young] = await owner`select count(*)::int as count from audit_log l
        where not exists (select from audit_tree t where t.audit_id = l.id)`;
      expect(young?.count).toBe(0);
    },
    { timeout: 20_000 },
  );

beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), "countersign-bundle-"));
  for (const id of ["D-1", "D-2", "D-3"]) {
    const deal = {
      id,
      account: `Account <${id}> \u2028 é`,
      amount: 100_000,
      currency: "USD",
      createdOn: "2026-02-01",
    };
    await company.as("ana", createDeal, { ...deal, stage: 2 }, THEN);
  }
  const row = { dealId: "D-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-02-01" };
  await company.as("ana", tagPartner, row, THEN);
  await company.as("ana", confirmNoPartner, { dealId: "D-2" }, THEN);
  for (const dealId of ["D-1", "D-2"]) {
    const [deal] = await owner`select version from deals where id = ${dealId}`;
    await company.as("ana", closeDeal, { dealId, version: deal!.version, outcome: "won" }, THEN);
  }
  for (const { id: exceptionId } of await owner`select id from exceptions`) {
    const put = { exceptionId, to: "hope", until: "2026-06-30" };
    await company.as("fay", deferException, put, { today: FROZEN });
  }
  await agreedForYears(company.url, SIGNERS);
  await tellSignatures(company);
  await growAll();
  await holdReview(QUARTER, closersOf(company, FROZEN));
  await prepareAndFreeze(QUARTER, closersOf(company, FROZEN));
  await growAll();
  kept = { head: (await newestHead(company.client.db))!, keys: await logKeys(company.client.db) };
  await company.deal();
  await growAll();
  bundle = await take();
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await owner.end();
  await company.close();
});

const found = (one: unknown, head: unknown = null): string | null => {
  try {
    checkBundle(one, head);
    return null;
  } catch (error) {
    if ((error as { status?: number }).status !== 1) throw error;
    return (error as Error).message;
  }
};

const verify = (...args: string[]): { status: number; said: string } => {
  try {
    return {
      status: 0,
      said: execFileSync(process.execPath, [join(FOLDER, "verify.mjs"), ...args]).toString(),
    };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: Buffer };
    return { status, said: stdout.toString() };
  }
};

describe("a bundle of a frozen quarter", () => {
  test("holds, as the JSON and as the page, with the head that was kept and without", () => {
    const [json, page, head] = ["bundle.json", "bundle.html", "head.json"].map((name) => join(folder, name));
    writeFileSync(json!, JSON.stringify(bundle));
    writeFileSync(page!, makePage(FOLDER, bundle));
    writeFileSync(head!, JSON.stringify(kept));
    for (const file of [json!, page!]) {
      const { status, said } = verify("--bundle", file, "--head", head!);
      expect(status, said).toBe(0);
      expect(said).toContain("2 closed deals among 3 documents");
      expect(said).toContain("3 signatures, each as the log says");
      expect(said).toContain("1 head on the seal and the signatures");
      expect(said).toMatch(/The head you kept, of \d+ entries, is the beginning of this log/);
      expect(verify("--bundle", file).said).toContain("You gave no head that was kept outside");
    }
  });

  test("tells of its closed deals what the log says of them, and of nothing else", () => {
    const entries = bundle.entries.map(
      ({ entry }) => JSON.parse(entry) as { dealId: string | null; action: string },
    );
    expect(new Set(entries.map(({ dealId }) => dealId))).toEqual(new Set([null, "D-1", "D-2"]));
    expect(entries.filter(({ dealId }) => dealId === null).map(({ action }) => action)).toEqual([
      "sign-policy",
      "sign-policy",
      "sign-policy",
      "freeze-quarter",
    ]);
  });

  test("is of a number that the seal holds, and shown to go on from a head that was kept", async () => {
    expect((await take({ number: "sourcedPipeline.amount" })).number).toEqual({
      metric: "sourcedPipeline",
      figure: "amount",
    });
    await expect(take({ number: "sourcedPipeline.nothing" })).rejects.toMatchObject({ field: "number" });
    const early = { head: await signHead({ size: 5, root: await rootOf(5), at: "2026-04-01" }), keys: null };
    expect(found(bundle, early)).toMatch(/shows nothing of a head over 5 entries/);
    expect(found(await take({ since: early.head }), early)).toBeNull();
  });

  test("is for who may read the log, of what is frozen", async () => {
    const asked = { quarter: QUARTER, number: null, since: null };
    await expect(proofBundle(company.actor("ana"), asked, company.client)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      proofBundle(company.actor("fay"), { ...asked, quarter: "2026-Q2" }, company.client),
    ).rejects.toMatchObject({ field: "quarter" });
  });
});

const rootOf = async (size: number) => {
  const tree = new Growing();
  for (const {
    hash,
  } of await owner`select hash from audit_tree where level = 0 and place < ${size} order by place`)
    tree.add(hash);
  return tree.root();
};

describe("whatever is changed in it is found:", () => {
  test("any byte", () => {
    const text = JSON.stringify(bundle);
    let looked = 0;
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(..."0aZ-_1.9"), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        let read: unknown;
        try {
          read = readBundle(changed);
        } catch {
          return;
        }
        if (JSON.stringify(read) === text) return;
        looked += 1;
        expect(found(read), `${at}: ${text.slice(at - 20, at + 20)}`).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
    expect(looked).toBeGreaterThan(600);
  }, 120_000);

  const nthOf = (action: string) =>
    bundle.entries.findIndex(({ entry }) => entry.includes(`"action":"${action}"`));
  const changed = (change: (copy: ProofBundle) => void) => {
    const copy = structuredClone(bundle);
    change(copy);
    return copy;
  };
  test.each<[string, (copy: ProofBundle) => void, RegExp]>([
    ["a row left out", ({ seal }) => seal.pop(), /not what was frozen/],
    ["a row twice", ({ seal }) => seal.push(seal.at(-1)!), /not what was frozen/],
    ["rows swapped", ({ seal }) => seal.push(seal.splice(1, 1)[0]!), /not what was frozen/],
    [
      "a signature left out",
      ({ entries }) => entries.splice(nthOf("sign-policy"), 1),
      /tells of no signature/,
    ],
    ["the freeze left out", ({ entries }) => entries.pop(), /holds 0 freezes/],
    ["an entry of a deal left out", ({ entries }) => entries.splice(4, 1), /is of no proof here|tells of no/],
    ["entries swapped", ({ entries }) => entries.push(entries.shift()!), /out of order/],
    ["a node left out", ({ nodes }) => delete nodes[Object.keys(nodes)[0]!], /not in the log|not shown/],
    ["a node slipped in", ({ nodes }) => (nodes["0-3"] = "0".repeat(64)), /the node 0-3 is of no proof/],
    [
      "a former head of its own",
      ({ former }) => former.unshift({ size: 1, root: "0".repeat(64) }),
      /former head of 1/,
    ],
    ["another quarter", (copy) => (copy.quarter = "2026-Q2"), /is not of 2026-Q2/],
    ["something beside", (copy) => Object.assign(copy, { note: "" }), /no bundle of the format/],
  ])("%s", (_, change, words) => expect(found(changed(change))).toMatch(words));

  test("a signature written otherwise, though it reads the same", () => {
    const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const forged = changed((copy) => {
      const last = LETTERS.indexOf(copy.head.at(-1)!);
      copy.head = copy.head.slice(0, -1) + LETTERS[last ^ 1];
    });
    expect(Buffer.from(forged.head.split(".")[2]!, "base64url")).toEqual(
      Buffer.from(bundle.head.split(".")[2]!, "base64url"),
    );
    expect(found(forged)).toMatch(/signed by none of its keys/);
  });

  test("a row with the digest, the freeze's entry and the tree made anew", () => {
    const forged = changed((copy) => {
      copy.seal[1] = copy.seal[1]!.replace('"amount":100000', '"amount":900000');
      const digest = byNode.toHex(byNode.sha256(copy.seal.map((line) => `${line}\n`).join("")));
      const freeze = copy.entries.at(-1)!;
      const entry = JSON.parse(freeze.entry);
      freeze.entry = canonicalJson({ ...entry, after: { ...entry.after, digest } });
    });
    expect(found(forged)).toMatch(/entry \d+ is not in the log of the head/);
  });
});

describe("a log that somebody with the key wrote anew", () => {
  const OFF = ["audit_log", "audit_tree", "audit_heads"];

  test("agrees with itself, and not with a head that was kept", async () => {
    await owner.unsafe(OFF.map((table) => `alter table ${table} disable trigger all`).join(";"));
    await owner`update audit_log set request = 'other' where action = 'prepare-freeze'`;
    const sizes = (await owner`select size::int as size from audit_heads`).map(({ size }) => size as number);
    const rows =
      await owner`select l.id::text as id, l.actor, l.action, l.request, l.deal_id, l.subject_kind, l.subject_id,
      l.before, l.after, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from audit_log l order by l.id`;
    const tree = new Growing();
    for (const row of rows) {
      const leaf = leafHash(entryLine(row as never));
      await owner`update audit_tree set hash = ${leaf} where audit_id = ${row.id} and level = 0`;
      tree.add(leaf);
      if (!sizes.includes(tree.size)) continue;
      const head = await signHead({ size: tree.size, root: tree.root(), at: "2026-04-10T00:00:00.000000Z" });
      await owner`update audit_heads set head = ${head} where size = ${tree.size}`;
    }
    const forged = await take({ since: kept.head });
    expect(found(forged)).toBeNull();
    expect(found(forged, kept)).toMatch(/the head you kept, over \d+ entries, is not of this log/);
    // Keys of somebody else's making are none that were kept.
    expect(found(forged, { ...kept, keys: [] })).toMatch(/signed by none of the keys/);
  });
});

describe("a browser's own bytes", () => {
  test("are Node's, whatever is hashed or written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
        expect(inPage.toHex(inPage.sha256(bytes, text))).toBe(byNode.toHex(byNode.sha256(bytes, text)));
        const written = byNode.toBase64url(bytes);
        expect(inPage.toBase64url(bytes)).toBe(written);
        expect([...inPage.fromBase64url(written)]).toEqual([...bytes]);
        expect(inPage.toBase64url(inPage.fromBase64url(text)) === text).toBe(
          byNode.toBase64url(byNode.fromBase64url(text)) === text,
        );
      }),
    );
  });

  test("know a signature as Node does, and one that is none", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const x = publicKey.export({ format: "jwk" }).x!;
    fc.assert(
      fc.property(fc.string(), fc.nat(511), (text, bit) => {
        const signature = sign(null, Buffer.from(text), privateKey);
        expect(inPage.isSigned(x, text, new Uint8Array(signature))).toBe(true);
        expect(inPage.isSigned(x, `${text} `, new Uint8Array(signature))).toBe(false);
        signature[bit >> 3]! ^= 1 << (bit & 7);
        expect(inPage.isSigned(x, text, new Uint8Array(signature))).toBe(false);
        expect(byNode.isSigned(x, text, signature)).toBe(false);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
