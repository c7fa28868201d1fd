import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { openLog } from "./log";

test("an error is logged with its statement and its causes, without a value of either", () => {
  const lines: string[] = [];
  const cause = new Error("connection terminated");
  const query = "insert into users (name, password_hash) values ($1, $2)";
  const failed = new DrizzleQueryError(query, ["Ann\n  the first", "scrypt$hush"], cause);
  for (const err of [failed, new Error("the write failed", { cause: failed })]) {
    openLog({ write: (line) => void lines.push(line) }).error({ err }, "something went wrong");
  }
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toContain("insert into users");
    expect(line).toContain("connection terminated");
    expect(line).toContain("log.test.ts");
    for (const value of ["Ann", "the first", "scrypt"]) expect(line).not.toContain(value);
  }
});
