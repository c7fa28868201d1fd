import { describe, expect, test } from "vitest";
import { parseMembership, programsTold, writeMembership } from "./programs";

describe("a membership as a cell writes it", () => {
  test.each([
    ["pe_vc_pricing", { name: "pe_vc_pricing", from: null, to: null }],
    ["a b@2025-07-01..2026-06-30", { name: "a b", from: "2025-07-01", to: "2026-06-30" }],
    ["a@2025-07-01..", { name: "a", from: "2025-07-01", to: null }],
    ["a@..2025-07-01", { name: "a", from: null, to: "2025-07-01" }],
    ["a@2025-07-01..2025-07-01", { name: "a", from: "2025-07-01", to: "2025-07-01" }],
  ])("%s", (text, membership) => {
    expect(parseMembership("programs", text)).toEqual(membership);
    expect(writeMembership(membership)).toBe(text);
  });

  test("without either day it has no bounds, as a plain name", () => {
    expect(writeMembership(parseMembership("programs", " a@.. "))).toBe("a");
  });

  test.each([
    "a@2025-07-01",
    "a@",
    "@2025-07-01..",
    "a@2025-02-30..",
    "a@2025-07-02..2025-07-01",
    "a@b@2025-07-01..",
    "a@2025-07-01...2026-07-01",
    "a@soon..",
  ])("refuses %s", (text) => {
    expect(() => parseMembership("programs", text)).toThrow(expect.objectContaining({ field: "programs" }));
  });
});

describe("what a file tells of memberships", () => {
  test.each<[string, string[], string[], string[]]>([
    ["a first name", ["a"], [], ["a"]],
    ["the same again", ["a"], ["a"], ["a"]],
    ["a name that stands with its first day", ["a"], ["a@2025-01-01.."], ["a@2025-01-01.."]],
    [
      "the days of a name that stood without",
      ["a@2025-01-01..2025-06-30"],
      ["a"],
      ["a@2025-01-01..2025-06-30"],
    ],
    ["another last day", ["a@2025-01-01..2025-06-30"], ["a@2025-01-01.."], ["a@2025-01-01..2025-06-30"]],
    ["nothing of one that stands", [], ["a@2025-01-01.."], []],
    ["nothing of one that has ended", [], ["a@..2024-12-31"], ["a@..2024-12-31"]],
    ["a second time in it", ["a@2025-02-01.."], ["a@..2024-12-31"], ["a@..2024-12-31", "a@2025-02-01.."]],
    ["that it never ended", ["a"], ["a@..2024-12-31"], ["a"]],
    ["two names out of order", ["b", "a"], [], ["a", "b"]],
  ])("%s", (_, told, standing, after) => {
    expect(programsTold(told, standing)).toEqual(after);
    expect(programsTold(told, after)).toEqual(after);
  });
});
