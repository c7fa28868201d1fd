import { performance } from "node:perf_hooks";
import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { writePack } from "@/lib/exports/review/formats";
import { samplePack } from "@/lib/exports/review/pack.fixture";
import type { PackStep } from "@/lib/exports/review/section";
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

test("tells how far a pack is, in pages of pages", async () => {
  const steps: PackStep[] = [];
  const file = await renderPack("pdf", document, { tell: (step) => steps.push(step) });
  expect(steps.length).toBeGreaterThan(0);
  const { numPages } = await getDocumentProxy(file);
  for (const { done, of } of steps) {
    expect(done).toBeLessThanOrEqual(numPages);
    if (of !== null) expect(of).toBe(numPages);
  }
  expect(steps.at(-1)?.of ?? numPages).toBe(numPages);
}, 120_000);

test("writes on for the others when one leaves, whether its own is under way or waits", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const left = renderPack("pdf", document, { signal: first.signal, tell: () => first.abort("gone") });
  const waited = renderPack("pdf", document, { signal: second.signal });
  const kept = renderPack("xlsx", document);
  second.abort("bored");
  await expect(waited).rejects.toBe("bored");
  await expect(left).rejects.toBe("gone");
  expect((await kept).length).toBeGreaterThan(1_000);
  await expect(renderPack("xlsx", document, { signal: first.signal })).rejects.toBe("gone");
}, 120_000);

test("refuses what would wait for minutes", async () => {
  const asked = Array.from({ length: 21 }, () => renderPack("xlsx", document));
  await expect(asked[20]).rejects.toMatchObject({ code: "unavailable", field: "file" });
  await Promise.all(asked.slice(0, 20));
}, 120_000);
