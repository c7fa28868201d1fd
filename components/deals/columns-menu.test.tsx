// @vitest-environment happy-dom
import { render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { type Columns, ColumnsMenu } from "./columns-menu";
import { USUAL_HIDE } from "./deals-filters";

function Scene({ told }: { told: Columns[] }) {
  const [now, setNow] = useState<Columns>({ hide: USUAL_HIDE, columns: [] });
  told[0] = now;
  return (
    <ColumnsMenu
      {...now}
      leftOut={{ expectedOn: "of open deals only" }}
      onChange={({ hide = now.hide, columns = now.columns }) =>
        setNow({ hide: hide ?? USUAL_HIDE, columns: columns ?? [] })
      }
    />
  );
}

async function open() {
  const told: Columns[] = [];
  render(<Scene told={told} />);
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  const list = await screen.findByRole("list", { name: "Columns, from the left" });
  return {
    told,
    names: () =>
      within(list)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
  };
}

test("a column goes a place by its button, which keeps the focus so that it goes on", async () => {
  const { told, names } = await open();
  await userEvent.click(screen.getByRole("button", { name: "Move Amount up" }));
  expect(names().slice(0, 3)).toEqual(["Owner", "Amount", "Stage"]);
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Move Amount up");
  await userEvent.keyboard("{Enter}");
  expect(names().slice(0, 3)).toEqual(["Amount", "Owner", "Stage"]);
  expect(told[0]?.columns.slice(0, 3)).toEqual(["amount", "owner", "stage"]);
  // At the end its button is dead, and the tick beside it has the focus.
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "Amount" }));
});

test("by keys alone: Alt and an arrow on its tick move it, Space hides it, and all is put back", async () => {
  const { told, names } = await open();
  screen.getByRole("checkbox", { name: "Status" }).focus();
  await userEvent.keyboard("{Alt>}{ArrowUp}{ArrowUp}{/Alt}");
  expect(names().slice(-3)).toEqual(["Status", "Evidence", "Proof"]);
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "Status" }));
  await userEvent.keyboard(" ");
  expect(told[0]?.hide).toEqual([...USUAL_HIDE, "status"]);
  await userEvent.click(screen.getByRole("button", { name: "As usual" }));
  expect(told[0]).toEqual({ hide: USUAL_HIDE, columns: [] });
});

test("a ticked column that the list does without says why, and only while it is ticked", async () => {
  const { names } = await open();
  const expected = () => names().find((name) => name?.startsWith("Expected close"));
  expect(expected()).toBe("Expected close of open deals only");
  await userEvent.click(screen.getByRole("checkbox", { name: /^Expected close/ }));
  expect(expected()).toBe("Expected close");
});
