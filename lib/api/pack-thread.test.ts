import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { writePack } from "@/lib/exports/review/formats";
import { samplePack } from "@/lib/exports/review/pack.fixture";
import { packDocument } from "@/lib/exports/review/sections";
import { renderPack } from "./pack-thread";

const document = packDocument(samplePack());
const MAGIC = { pdf: "%PDF-", pptx: "PK", xlsx: "PK" } as const;

test("writes packs beside this thread, which answers others meanwhile, several in turn", async () => {
  const before = performance.eventLoopUtilization();
  const formats = ["xlsx", "pdf", "pptx", "xlsx"] as const;
  const files = await Promise.all(formats.map((format) => renderPack(format, document)));
  const { utilization } = performance.eventLoopUtilization(before);
  expect(utilization).toBeLessThan(0.3);
  for (const [at, format] of formats.entries())
    expect(Buffer.from(files[at]!.subarray(0, 5)).toString("latin1")).toContain(MAGIC[format]);
  expect(files[3]).toEqual(files[0]);
  const here = await writePack({ id: 0, format: "xlsx", pack: document });
  expect(here).toEqual({ id: 0, bytes: files[0] });
}, 120_000);

test("tells what a writer threw, and goes on with the next", async () => {
  const broken = { ...document, sections: undefined as never };
  await expect(renderPack("xlsx", broken)).rejects.toThrow(/undefined/);
  expect((await renderPack("xlsx", document)).length).toBeGreaterThan(1_000);
}, 120_000);

test("refuses what would wait for minutes", async () => {
  const asked = Array.from({ length: 21 }, () => renderPack("xlsx", document));
  await expect(asked[20]).rejects.toMatchObject({ code: "unavailable", field: "file" });
  await Promise.all(asked.slice(0, 20));
}, 120_000);
