// @vitest-environment happy-dom
import { act, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import "./dom.fixture";
import { DataTable } from "./data-table";
import { columnsFor } from "./data-table-columns";
import { ON_PAPER, usePrintWhole } from "./print-whole";

interface Row {
  id: string;
}
const column = columnsFor<Row>();
const COLUMNS = column.columns([
  column.display({ id: "tick", header: "Tick", meta: { screenOnly: true }, cell: () => "□" }),
  column.accessor("id", { header: "Name", meta: { width: 100 } }),
]);
const rows = (many: number): Row[] => Array.from({ length: many }, (_, at) => ({ id: `row ${at + 1}` }));

const show = (many: number) =>
  render(
    <DataTable
      label="Things"
      columns={COLUMNS}
      rows={rows(many)}
      rowId={(row) => row.id}
      narrow={(row) => row.id}
    />,
  );
const said = () => within(screen.getByRole("grid", { name: "Things" })).queryAllByText(/^row \d+$/).length;

afterEach(() => {
  act(() => void window.dispatchEvent(new Event("afterprint")));
  vi.restoreAllMocks();
});

test("paper has every row, and no box to tick; the screen has its own again", () => {
  show(300);
  const before = said();
  expect(before).toBeLessThan(300);
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(said()).toBe(300);
  expect(screen.queryByText("Tick")).toBeNull();
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(said()).toBe(before);
  expect(screen.getByText("Tick")).toBeTruthy();
});

test(`paper takes ${ON_PAPER} rows`, () => {
  show(ON_PAPER + 20);
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(said()).toBe(ON_PAPER);
});

/** A list of so many pages, 400 rows each, and how many of them were asked for. */
function printed(pages: number) {
  let asked = 1;
  const print = vi.fn();
  window.print = print;
  const list = {
    hasNextPage: pages > 1,
    fetchNextPage: async () => {
      asked++;
      return { hasNextPage: asked < pages };
    },
  };
  const Listens = () => {
    usePrintWhole(list, 400);
    return null;
  };
  render(<Listens />);
  const press = new KeyboardEvent("keydown", { key: "p", ctrlKey: true, cancelable: true });
  window.dispatchEvent(press);
  return { press, print, asked: () => asked };
}

test.each([
  [2, 2],
  [9, 3],
])("the keys wait for %i pages, as far as paper takes them: %i", async (pages, read) => {
  const { press, print, asked } = printed(pages);
  expect(press.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(print).toHaveBeenCalledOnce());
  expect(asked()).toBe(read);
});

test("of a list that is there whole they are the browser's own", () => {
  expect(printed(1).press.defaultPrevented).toBe(false);
});
