import { spawnSync } from "node:child_process";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { asWritten, auditLog } from "@/db/schema/audit";
import { users } from "@/db/schema/people";
import { testDatabase } from "@/db/test-database";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { personOfLink } from "@/lib/commands/account/set-password";
import { firstLink } from "./first-link";
import { firstRun } from "./first-run";

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
const ADDRESS = "https://countersign.example/";
let url: string;
let client: Client;

beforeEach(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
  ({ url } = await testDatabase());
  client = connect(url, { max: 2 });
});
afterEach(async () => {
  await client.close();
  vi.unstubAllEnvs();
});

const personAt = async (link: string | undefined) => personOfLink(new URL(link!).hash.slice(1), client.db);

describe("the first start", () => {
  it("makes one admin, who has no password until they set one by the link that each start prints anew", async () => {
    const said: string[] = [];
    const run = () => firstRun(url, (line) => said.push(line));
    expect(await run()).toEqual({ authSecret: SECRET, adminCreated: true });
    expect(await run()).toEqual({ authSecret: SECRET, adminCreated: false });
    expect(said).toEqual([expect.stringContaining("time zone")]);
    const [admin] = await client.db.select().from(users);
    expect(admin).toMatchObject({ role: "admin", passwordHash: null });
    const first = await firstLink(client, ADDRESS);
    expect(first?.link).toMatch(/^https:\/\/countersign\.example\/set-password#[\w-]{43}$/);
    const second = await firstLink(client, ADDRESS);
    expect(await personAt(first?.link)).toBeNull();
    expect(await personAt(second?.link)).toMatchObject({ id: admin!.id });
    await setFirstPassword(client, admin!.id, "correct horse battery");
    expect(await firstLink(client, ADDRESS)).toBeNull();
  });

  it("refuses a weak secret", async () => {
    vi.stubEnv("NEXTAUTH_SECRET", "changeme");
    await expect(firstRun(url)).rejects.toThrow(/fewer than 32|weak/);
  });
});

describe("npm run admin", { timeout: 60_000 }, () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "scripts/admin.ts", ...args],
      {
        encoding: "utf8",
        env: { ...process.env, DATABASE_URL: url, NEXTAUTH_URL: ADDRESS },
      },
    );
    return { status, out: stdout.trim(), error: stderr };
  };

  it("makes an admin, or lets one in again, and prints a link and nothing else", async () => {
    const made = run("Ada@Company.example", "--name", "Ada Byron");
    expect(made).toMatchObject({ status: 0, error: expect.stringContaining("works once") });
    expect(await personAt(made.out)).toMatchObject({
      email: "ada@company.example",
      name: "Ada Byron",
      role: "admin",
    });
    const again = run("ada@company.example");
    expect(await personAt(again.out)).toMatchObject({ name: "Ada Byron" });
    expect(await personAt(made.out)).toBeNull();
    const entries = await client.db
      .select(asWritten)
      .from(auditLog)
      .where(eq(auditLog.actor, "command-line"));
    expect(entries.map(({ action }) => action)).toEqual(["create-user", "issue-link", "issue-link"]);
  });

  it("says how it is called, and makes no admin of somebody else", async () => {
    expect(run()).toMatchObject({ status: 2, out: "", error: expect.stringContaining("npm run -s admin") });
    expect(run("not a mail")).toMatchObject({ status: 2, out: "" });
  });
});
