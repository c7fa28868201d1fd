import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { keepDoing } from "./job";

/** Turns begin when their time has come and not before; no database is asked. */
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await closeDatabases();
});

const today = async () => "2026-05-20";

describe("a job", () => {
  test("does one turn after the other, and rests between them", async () => {
    let turns = 0;
    let done = () => {};
    const work = () => {
      turns++;
      return new Promise<void>((resolve) => {
        done = resolve;
      });
    };
    keepDoing({ name: "slow", everyMs: 1_000, work }, () => {}, today);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(turns).toBe(1);
    done();
    await vi.advanceTimersByTimeAsync(999);
    expect(turns).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(turns).toBe(2);
  });

  test("reports what failed under its name, tries again ever later, and soon again once it works", async () => {
    let isBroken = true;
    const turns: number[] = [];
    const faults: [string, unknown][] = [];
    const work = async () => {
      turns.push(Date.now());
      if (isBroken) throw new Error("the database is away");
    };
    const began = Date.now();
    keepDoing({ name: "house", everyMs: 1_000, work }, (job, error) => faults.push([job, error]), today);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(turns.slice(0, 4).map((at) => at - began)).toEqual([0, 2_000, 6_000, 14_000]);
    expect(turns.slice(1).every((at, place) => at - turns[place]! <= 60_000)).toBe(true);
    expect(faults).toHaveLength(turns.length);
    expect(faults[0]).toEqual(["house", new Error("the database is away")]);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(60_000);
    const worked = turns.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(turns.length - worked).toBeGreaterThanOrEqual(4);
    expect(turns.at(-1)! - turns.at(-2)!).toBe(1_000);
  });
});
