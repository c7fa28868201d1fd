// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { afterEach, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { DataTable } from "@/components/ui/data-table";
import { columnsFor } from "@/components/ui/data-table-columns";
import { useDealSoon } from "./use-deal-soon";

const column = columnsFor<{ id: string }>();
const COLUMNS = column.columns([column.accessor("id", { header: "Deal" })]);
const ROWS = ["D-1", "D-2", "D-3"].map((id) => ({ id }));

function List() {
  const soon = useDealSoon();
  return (
    <DataTable
      label="Deals"
      columns={COLUMNS}
      rows={ROWS}
      rowId={({ id }) => id}
      onRowNear={({ id }) => soon(id)}
      narrow={({ id }) => id}
    />
  );
}

afterEach(() => act(() => void window.dispatchEvent(new Event("afterprint"))));

function show() {
  const routes: string[] = [];
  const router = { prefetch: (href: string) => routes.push(href) } as unknown as AppRouterInstance;
  const { asked } = showOnPage(
    <AppRouterContext.Provider value={router}>
      <List />
    </AppRouterContext.Provider>,
    {},
    { deal: () => ({}), why: () => ({}) },
  );
  // No browser lays this out: on paper a table draws its rows whatever is in sight.
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  return { routes, asked: () => asked.map(({ path }) => path) };
}
const rowOf = (id: string) => screen.getByText(id).closest("tr") as HTMLElement;

test("a deal that a hand rests on is asked for, one that it only goes over is not", async () => {
  const { routes, asked } = show();
  fireEvent.pointerEnter(rowOf("D-1"));
  fireEvent.pointerEnter(rowOf("D-2"));
  await waitFor(() => expect(routes).toEqual(["/deals/D-2"]));
  await waitFor(() => expect(asked()).toEqual(["/api/v1/deal", "/api/v1/why"]));
});

test("so is the one that has the focus", async () => {
  const { routes } = show();
  rowOf("D-3").focus();
  await waitFor(() => expect(routes).toEqual(["/deals/D-3"]));
});
