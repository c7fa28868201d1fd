import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryLine } from "@/lib/audit/entry";
import { signHead } from "@/lib/audit/head";
import { Growing, leafHash } from "@/lib/audit/tree";
import { newSigningKey } from "@/lib/auth/signing-keys";

/**
 * `tsx bench/verifier.ts [ENTRIES]`: how long an outsider takes to verify an exported log; a million entries, with a
 * head for every 400 of them, are to take less than a minute.
 */
const ENTRIES = Number(process.argv[2] ?? 1_000_000);
const A_HEAD = 400;

const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
try {
  await makeExport();
  const began = performance.now();
  const verifier = new URL("../scripts/verifier/verify.mjs", import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, "--export", folder], {
    encoding: "utf8",
  });
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(stdout + stderr);
  console.log(`${ENTRIES} entries in ${seconds.toFixed(1)} s, ${Math.round(ENTRIES / seconds)} a second`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function makeExport(): Promise<void> {
  const key = newSigningKey();
  process.env.SIGNING_KEYS = JSON.stringify([key]);
  const open = (name: string) => createWriteStream(join(folder, name));
  const [log, leaves, heads] = [open("log.jsonl"), open("leaves.txt"), open("heads.jsonl")] as const;
  const tree = new Growing();
  for (let id = 1; id <= ENTRIES; id++) {
    const line = entryLine(entryOf(id));
    const leaf = leafHash(line);
    tree.add(leaf);
    leaves.write(`${leaf}\n`);
    if (!log.write(`${line}\n`)) await once(log, "drain");
    if (id % A_HEAD === 0 || id === ENTRIES) {
      const said = { size: tree.size, root: tree.root(), at: "2026-05-20T00:00:00.000000Z" };
      heads.write(`${JSON.stringify({ size: tree.size, head: await signHead(said) })}\n`);
    }
  }
  for (const file of [log, leaves, heads]) {
    file.end();
    await once(file, "close");
  }
  writeFileSync(
    join(folder, "keys.jsonl"),
    `${JSON.stringify({ kid: key.kid, x: key.x, endorsed: null })}\n`,
  );
  for (const name of ["policies.jsonl", "plans.jsonl", "seals.jsonl", "receipts.jsonl"])
    writeFileSync(join(folder, name), "");
}

/** An edit of a deal, as long as one is. */
function entryOf(id: number) {
  const deal = {
    id: `D-${id}`,
    account: "Larkfield Foods",
    amount: 2_350_000 + id,
    currency: "USD",
    owner: "Ana Costa",
  };
  return {
    id: String(id),
    at: "2026-05-20T09:30:00.123456Z",
    actor: "user:U-17",
    action: "edit-deal",
    request: "5b0bd0cc-58f9-4a3e-9f8b-6a2a4a3f7b11",
    deal_id: deal.id,
    subject_kind: "deal",
    subject_id: deal.id,
    before: { ...deal, stage: 2, expectedCloseOn: "2026-06-30", state: "open" },
    after: { ...deal, stage: 3, expectedCloseOn: "2026-07-31", state: "open" },
  };
}
