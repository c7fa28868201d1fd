import { expect, test } from "vitest";
import { type WeeklyNote, type WeeklyNumber, weeklyMessage, weeklyWords } from "./weekly-note";

const TO = { name: "Fay", base: "https://sign.example" };
const PIPELINE: WeeklyNumber = {
  ...{ name: "Partner-sourced pipeline", is: "USD 32,500", was: "USD 20,000" },
  path: "/dashboard?quarter=2026-Q2&open=sourcedPipeline&since=2026-05-18",
  parts: [
    { cause: "New deals", by: "+USD 12,500", deals: 1, first: [{ name: "Lark <b>", path: "/deals/D-1" }] },
    { cause: "Rates of exchange", by: "USD 0", deals: 0, first: [] },
  ],
};
const of = (...numbers: WeeklyNumber[]): WeeklyNote => ({
  ...{ kind: "weekly_numbers", week: "2026-05-25", since: "2026-05-18", quarter: "2026-Q2" },
  numbers,
});

test("says of each number what it is, what it was, and what each cause did, with its deals", () => {
  const { subject, text } = weeklyMessage(of(PIPELINE), TO);
  expect(subject).toBe("2026-Q2: what moved the numbers this week");
  expect(
    text,
  ).toContain(`Partner-sourced pipeline: USD 32,500, USD 20,000 a week ago  https://sign.example${PIPELINE.path}
* New deals +USD 12,500 (1 deal)
  - Lark <b>  https://sign.example/deals/D-1
* Rates of exchange USD 0`);
});

test("holds no markup of a name, and no link where nobody said the app's address", () => {
  expect(weeklyMessage(of(PIPELINE), TO).html).toContain("Lark &lt;b&gt;</a>");
  const { text, html } = weeklyMessage(of(PIPELINE), { ...TO, base: null });
  expect(text + html).not.toMatch(/https?:|<a /);
});

test.each([
  ["the same", { is: "75 %", was: "75 %", parts: [] }, "Win rate: 75 %, as a week ago"],
  ["not there a week ago", { is: "75 %", was: null, parts: [] }, "Win rate: 75 %"],
])("a number that is %s moved by nothing", (_, number, line) => {
  const { title, says } = weeklyWords(of({ name: "Win rate", path: "/dashboard", ...number }));
  expect(title).toBe("2026-Q2: no number moved this week");
  expect(says).toBe(`${line}.`);
});
