// @vitest-environment happy-dom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Outputs } from "@/lib/api/client";
import { LensTable } from "./lens-table";

type Answer = Outputs["lensTable"];

afterEach(cleanup);

const usd = (amount: number) => ({ amount, currency: "USD" });
const eur = (amount: number) => ({ amount, currency: "EUR" });

const table = {
  deals: 5,
  policy: { signed: null },
  lenses: [
    {
      model: "two_bucket",
      own: true,
      outcomes: [
        { outcome: "sourced", deals: 2, amounts: [eur(10_000_00), usd(1_000_00)] },
        { outcome: "influenced", deals: 0, amounts: [] },
        { outcome: "none", deals: 3, amounts: [usd(2_500_00)] },
      ],
    },
  ],
} as unknown as Answer;

test("a model says all its deals, and the amounts of each currency by itself", () => {
  render(<LensTable table={table} onOpen={() => {}} />);
  const model = within(screen.getByRole("region", { name: "Two buckets" }));
  const total = within(model.getByText("Total").closest("li") as HTMLElement);
  expect(total.getByText("5")).toBeTruthy();
  expect(total.getByText("EUR 10,000")).toBeTruthy();
  expect(total.getByText("USD 3,500")).toBeTruthy();
});

test("an outcome opens its deals; one without a deal is no button", () => {
  const opened: string[] = [];
  render(<LensTable table={table} onOpen={(model, outcome) => opened.push(`${model} ${outcome}`)} />);
  screen.getByRole("button", { name: "2 deals Sourced under Two buckets: open them" }).click();
  expect(opened).toEqual(["two_bucket sourced"]);
  expect(screen.queryByRole("button", { name: /Influenced/ })).toBeNull();
});
