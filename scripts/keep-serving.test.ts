import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { type Kept, keepServing, type Serving } from "./keep-serving";

const LEASH = pathToFileURL("scripts/leash.mjs").href;
/** A server like the app's: answers after a while, and has work besides that takes a moment to end. */
const APP = `
  globalThis[Symbol.for("countersign.ends")] = () => new Promise((done) => setTimeout(() => { console.log("jobs ended"); done() }, 100));
  const { createServer } = await import("node:http");
  createServer((request, answer) => {
    if (request.url === "/crash") process.kill(process.pid, "SIGKILL");
    setTimeout(() => answer.end("answered"), request.url === "/slow" ? 600 : 0);
  }).listen(Number(process.env.PORT), "127.0.0.1", function () { console.log("at " + this.address().port); });`;

const kept: Kept[] = [];
afterEach(async () => {
  for (const one of kept.splice(0)) await one.stop();
});

interface Run extends Serving {
  port: number;
  said: string[];
}

async function start(port = 0): Promise<Run> {
  const args = ["--import", LEASH, "--input-type=module", "-e", APP];
  const env = { ...process.env, PORT: String(port) };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"], env });
  const said: string[] = [];
  child.stdout!.setEncoding("utf8").on("data", (text: string) => said.push(...text.trim().split("\n")));
  const ended = once(child, "exit").then(() => {});
  await once(child, "message");
  while (said.length === 0) await pause(5);
  return { child, ended, said, port: Number(said[0]!.slice(3)) };
}

function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ port, path, headers, host: "127.0.0.1" }, async (answer) => {
      let text = answer.statusCode === 200 ? "" : `${answer.statusCode} `;
      for await (const part of answer) text += part;
      resolve(text);
    })
      .on("error", reject)
      .end();
  });
}

test("a server that crashes is started again on its port, after a pause that grows until it is sound", async () => {
  const said: string[] = [];
  const first = await start();
  const { port } = first;
  const pausesMs = [20, 50, 90];
  kept.push(
    keepServing(first, () => start(port), { say: (line) => said.push(line), pausesMs, soundMs: 60_000 }),
  );
  for (let crash = 0; crash < 4; crash++) {
    expect(await ask(port, "/")).toBe("answered");
    await expect(ask(port, "/crash")).rejects.toThrow();
    await expect.poll(() => ask(port, "/").catch(() => "gone"), { timeout: 10_000 }).toBe("answered");
  }
  const pauses = said.filter((line) => line.includes("started again"));
  expect(pauses.map((line) => /in (\S+) s/.exec(line)?.[1])).toEqual(["0.02", "0.05", "0.09", "0.09"]);
});

test("who says otherwise than Next does from which pages they come is told so, and Next is not asked", async () => {
  const run = await start();
  kept.push(keepServing(run, () => start(run.port), { say: () => {} }));
  const come = (state: string) => ask(run.port, "/", { rsc: "1", "next-router-state-tree": state });
  for (const state of ["x", "%", "%7B%7D", "[]", "null", encodeURIComponent(JSON.stringify(["", 1]))])
    expect(await come(state), state.slice(0, 20)).toMatch(/^400 next-router-state-tree must be/);
  const pages = [
    "",
    { children: ["(app)", { children: ["deals", { children: ["__PAGE__", {}] }] }] },
    null,
    null,
  ];
  expect(await come(encodeURIComponent(JSON.stringify(pages)))).toBe("answered");
  expect(await ask(run.port, "/")).toBe("answered");
});

test("one that does not come up again is tried until it does, and not after it was stopped", async () => {
  const said: string[] = [];
  const first = await start();
  let tries = 0;
  const again = async () => {
    tries++;
    if (tries < 3) throw new Error("it does not start");
    return start(first.port);
  };
  const one = keepServing(first, again, { say: (line) => said.push(line), pausesMs: [10] });
  kept.push(one);
  first.child.kill("SIGKILL");
  await expect.poll(() => ask(first.port, "/").catch(() => "gone"), { timeout: 10_000 }).toBe("answered");
  expect(tries).toBe(3);
  await one.stop();
  await one.ended;
  expect(tries).toBe(3);
  await expect(ask(first.port, "/")).rejects.toThrow("ECONNREFUSED");
});

test("one that is asked to end answers what it was asked and lets its work end, and takes nothing new", async () => {
  const run = await start();
  const slow = ask(run.port, "/slow");
  await pause(100);
  run.child.kill("SIGTERM");
  await pause(100);
  await expect(ask(run.port, "/")).rejects.toThrow("ECONNREFUSED");
  expect(await slow).toBe("answered");
  await run.ended;
  expect(run.child.exitCode).toBe(0);
  expect(run.said).toContain("jobs ended");
});
