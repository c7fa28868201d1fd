import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PRESETS } from "@/lib/attribution/policy";
import * as vocabulary from "@/lib/attribution/vocabulary";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { COLUMNS, KINDS } from "@/lib/interchange/kinds";
import { METRICS } from "@/lib/metrics/quarter-numbers";

/** Documents name what the code has: a word that is new in the code is missing here until the document says it. */
const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const domain = read("domain.md");
const section = (number: number) => {
  const from = domain.indexOf(`\n## ${number}. `);
  const to = domain.indexOf(`\n## ${number + 1}. `);
  return domain.slice(from, to < 0 ? undefined : to);
};

describe("domain.md", () => {
  const { PARTNER_KINDS, ROLES, ACTIVITY_TYPES, OUTCOMES, MODELS, GRAY_CODES } = vocabulary;
  test.each([
    ["partner kinds", 1, PARTNER_KINDS],
    ["roles", 1, ROLES],
    ["activity types", 1, ACTIVITY_TYPES],
    [
      "fields of a policy",
      3,
      [...Object.keys(PRESETS.two_bucket).filter((key) => key !== "updates"), "menu", "programDefinitions"],
    ],
    ["duties of a policy", 3, Object.keys(PRESETS.two_bucket.updates).map((key) => `updates.${key}`)],
    ["models", 5, MODELS],
    ["outcomes", 5, OUTCOMES],
    ["gray areas", 6, GRAY_CODES],
  ])("names the %s in its section", (_, number, words) => {
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(section(number)))).toEqual([]);
  });

  test("has the presets as they are", () => {
    const { two_bucket, triple_tier, roi_buckets, lanes } = PRESETS;
    const row = (field: string) =>
      new RegExp(`^\\| \`${field}\` \\|.*\\| (.+) \\|$`, "m").exec(section(3))?.[1];
    const { updates, recordWithin, motions, programs, ...flat } = two_bucket;
    for (const [field, value] of Object.entries(flat))
      expect(row(field)?.replaceAll("`", ""), field).toBe(String(value));
    const thresholds = Object.entries(updates.above).map(([currency, above]) => `\`${currency}\`: ${above}`);
    expect(row("updates.above")?.replaceAll(",", "")).toBe(thresholds.join(", "));
    expect(row("recordWithin.days")).toBe(String(recordWithin.days));
    expect(row("recordWithin.consequence")).toBe(`\`${recordWithin.consequence}\``);
    expect(row("updates.perMonth")).toBe(String(updates.perMonth));
    expect(row("updates.consequence")).toBe(`\`${updates.consequence}\``);
    expect(row("programs")).toBe(programs.map((program) => `\`${program}\``).join(", "));
    expect(motions).toEqual(vocabulary.NAMED_MOTIONS);
    // The three others differ from it in what the paragraph below the table says, and in nothing else.
    expect(triple_tier).toEqual({
      ...two_bucket,
      model: "triple_tier",
      updates: { ...updates, consequence: "dispute" },
      postSale: "influence",
    });
    expect(roi_buckets).toEqual({
      ...two_bucket,
      model: "roi_buckets",
      lateRecording: "with_contemporaneous_evidence",
    });
    expect(lanes).toEqual({
      ...two_bucket,
      model: "lanes",
      motions: [...motions, "recommendation"],
      influenceWindowDays: 60,
    });
  });

  test("has a line for each person", () => {
    const lines = section(9).split("\n");
    for (const name of Object.values(USER_ROLE_NAMES).map((name) => name.replace("Account executive", "AE")))
      expect(
        lines.some((line) => line.toLowerCase().startsWith(`| ${name.toLowerCase()} |`)),
        name,
      ).toBe(true);
  });

  test("is the source that each metric names", () => {
    for (const { source } of Object.values(METRICS)) expect(source).toMatch(/^domain\.md §[78]/);
  });
});

test("imports.md has the columns of each kind, in order", () => {
  const rows = [...read("imports.md").matchAll(/^\| `(\w+)\.csv` \| (.+) \|$/gm)].map(([, kind, columns]) => [
    kind,
    columns,
  ]);
  const written = KINDS.map((kind) => [
    kind,
    COLUMNS[kind].map(({ name, required }) => (required ? name : `[${name}]`)).join(", "),
  ]);
  expect(rows).toEqual(written);
});
