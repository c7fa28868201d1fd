import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/db/test-database";
import { firstRun } from "./first-run";

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";

beforeEach(() => {
  process.env.NEXTAUTH_SECRET = SECRET;
});

describe("the first start", () => {
  it("lets one admin in, says so once, and keeps the password nowhere", async () => {
    const { url } = await testDatabase();
    const said: string[] = [];
    const first = await firstRun(url, (line) => said.push(line));
    expect(first.authSecret).toBe(SECRET);
    expect(first.adminCreated?.password.length).toBeGreaterThanOrEqual(20);
    expect(said.join()).toContain(first.adminCreated?.password);
    const again = await firstRun(url, (line) => said.push(line));
    expect(again).toEqual({ authSecret: SECRET });
    expect(said.length).toBe(2);
  });

  it("refuses a weak secret", async () => {
    process.env.NEXTAUTH_SECRET = "changeme";
    const { url } = await testDatabase();
    await expect(firstRun(url)).rejects.toThrow(/fewer than 32|weak/);
  });
});
