import { expect, test } from "vitest";
import { csvOf, wantsCsv } from "./as-csv";

const HERE = new URL("https://sign.test/api/v1/deals?limit=2");

test("a list is a line a row under its fields' names, with formulas disarmed and the next page named", async () => {
  const rows = [
    { id: "D-1", account: "=cmd()|'x'", amount: 1200, won: true, partners: [{ id: "P-1" }], closedOn: null },
    {
      id: "D-2",
      account: 'Say "hi", twice\nover',
      amount: -5,
      won: false,
      partners: [],
      closedOn: "2026-05-01",
    },
  ];
  const table = csvOf({ rows, next: "a b&c" }, HERE)!;
  expect(table.headers.get("link")).toBe('</api/v1/deals?limit=2&after=a+b%26c>; rel="next"');
  expect(await table.text()).toBe(
    [
      "id,account,amount,won,partners,closedOn",
      `D-1,'=cmd()|'x',1200,true,"[{""id"":""P-1""}]",`,
      `D-2,"Say ""hi"", twice\nover",-5,false,[],2026-05-01`,
      "",
    ].join("\r\n"),
  );
});

test("the last page names none, and what is no list stays as it is", () => {
  expect(csvOf({ rows: [], next: null }, HERE)!.headers.get("link")).toBeNull();
  expect(csvOf({ rows: [{ id: 1 }], precedents: [{}] }, HERE)).not.toBeNull();
  for (const answer of [null, 7, { deal: { id: "D-1" } }, { a: [{}], b: [{}] }, { names: ["a"] }])
    expect(csvOf(answer, HERE)).toBeNull();
});

test("a table is asked for by Accept, of a read alone", () => {
  const asked = (method: string, accept: string) =>
    wantsCsv(new Request(HERE, { method, headers: { accept } }));
  expect(asked("GET", "text/csv")).toBe(true);
  expect(asked("GET", "Text/CSV; charset=utf-8")).toBe(true);
  expect(asked("GET", "application/json")).toBe(false);
  expect(asked("POST", "text/csv")).toBe(false);
});
