import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { shortenLog } from "./short-log";

const folder = mkdtempSync(join(tmpdir(), "countersign-log-"));
afterAll(() => rmSync(folder, { recursive: true }));
const log = join(folder, "server.log");
const textOf = (path: string) => readFileSync(path, "utf8");

test("a server's log stays short while the server goes on writing into it", () => {
  const server = openSync(log, "a");
  writeSync(server, "x".repeat(100));
  shortenLog(log, 100);
  expect(textOf(log)).toBe("x".repeat(100));
  writeSync(server, "last");
  shortenLog(log, 100);
  expect([textOf(log), textOf(`${log}.1`)]).toEqual(["", `${"x".repeat(100)}last`]);
  writeSync(server, "next");
  expect(textOf(log)).toBe("next");
  appendFileSync(log, "y".repeat(100));
  shortenLog(log, 100);
  expect(textOf(`${log}.1`)).toBe(`next${"y".repeat(100)}`);
  closeSync(server);
});

test("none is no matter", () => {
  expect(() => shortenLog(join(folder, "nowhere", "server.log"))).not.toThrow();
});
