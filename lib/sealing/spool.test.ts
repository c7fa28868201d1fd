import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Spool } from "./spool";

afterEach(() => vi.unstubAllEnvs());

const read = async (spool: Spool, atOnce: number) => {
  const batches: string[][] = [];
  for await (const batch of spool.read(atOnce)) batches.push(batch);
  return batches;
};

test("lines come back as they were added, whatever their letters and length, as often as they are read", async () => {
  const spool = await Spool.open();
  // Longer than what is read at once, letters of several bytes over its ends, and what others take for the end of a line.
  const lines = [
    "",
    "Żółta Łódź",
    "a\u2028b\u2029c\rd",
    "日本".repeat(400_000),
    "x".repeat(3_000_000),
    "last",
  ];
  for (const line of lines) await spool.add(line);
  expect((await read(spool, 100)).flat()).toEqual(lines);
  expect((await read(spool, 4)).map((batch) => batch.length)).toEqual([4, 2]);
  await spool.add("one more");
  expect((await read(spool, 100)).flat()).toEqual([...lines, "one more"]);
  await spool.close();
});

test("of none nothing comes back, and no file of it is to be found", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-spool-"));
  vi.stubEnv("TMPDIR", folder);
  const spool = await Spool.open();
  expect(await read(spool, 10)).toEqual([]);
  await spool.add("a secret");
  expect(await read(spool, 10)).toEqual([["a secret"]]);
  expect(readdirSync(folder)).toEqual([]);
  await spool.close();
  rmSync(folder, { recursive: true });
});
