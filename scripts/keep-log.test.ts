import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepLog } from "./keep-log";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (n: number) => `{"line":${n},"text":"${"x".repeat(100)}"}\n`;

test("what a server says is kept, the youngest of it in the file that is told, and bounded", async () => {
  const said = new PassThrough();
  const file = keepLog(said, { folder, name: "server-1", size: "10K", turns: 2 });
  for (let n = 0; n < 1_000; n++) {
    if (!said.write(line(n))) await new Promise((resolve) => said.once("drain", resolve));
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await vi.waitFor(() => expect(readFileSync(file, "utf8")).toContain('"line":999'), { timeout: 5_000 });
  const files = readdirSync(folder).sort();
  expect(files).toEqual(["server-1.1.log", "server-1.2.log", "server-1.log"]);
  for (const name of files) expect(statSync(join(folder, name)).size).toBeLessThan(40_000);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a log that cannot be written holds nobody up", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue(undefined);
  writeFileSync(join(folder, "taken"), "");
  const said = new PassThrough();
  keepLog(said, { folder: join(folder, "taken"), name: "server-1" });
  for (let n = 0; n < 2_000; n++) {
    if (!said.write(line(n))) await new Promise((resolve) => said.once("drain", resolve));
  }
  expect(told).toHaveBeenCalled();
  told.mockRestore();
});
