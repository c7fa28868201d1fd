// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { takeSpoken } from "@/components/ui/spoken";
import { forgetWrite, lastWrite } from "./last-write";
import { showOnPage } from "./page.fixture";
import { useUndoKey } from "./undo-key";
import { useWrite } from "./use-write";

function Page() {
  useUndoKey();
  const move = useWrite("moveStage", { undo: true, said: (_, { stage }) => `Moved to stage ${stage}` });
  const close = useWrite("closeDeal", { said: () => "Closed as lost" });
  return (
    <>
      <button type="button" onClick={() => move.mutate({ dealId: "D-1", stage: 3 })}>
        Move
      </button>
      <button type="button" onClick={() => move.mutate({ dealId: "D-1", stage: 4 })}>
        Further
      </button>
      <button type="button" onClick={() => close.mutate({ dealId: "D-1", outcome: "lost" })}>
        Close
      </button>
      <input aria-label="Field" />
    </>
  );
}

function show() {
  let nth = 0;
  const { asked } = showOnPage(
    <Page />,
    {},
    {
      "move-stage": () => ({ request: `R-${++nth}`, answer: { dealId: "D-1" } }),
      "close-deal": () => ({ request: `R-${++nth}`, answer: { dealId: "D-1" } }),
      undo: () => ({ request: "R-9", answer: { undone: 1 } }),
    },
  );
  return {
    press: async (name: string) => {
      const before = lastWrite();
      await userEvent.click(screen.getByRole("button", { name }));
      await waitFor(() => expect(lastWrite()).not.toBe(before));
    },
    undone: () => asked.filter(({ path }) => path.endsWith("/undo")).map(({ body }) => body),
  };
}
const undo = (target: Element = document.body, more: object = { ctrlKey: true }) =>
  fireEvent.keyDown(target, { key: "z", ...more });

beforeEach(() => {
  for (let last = lastWrite(); last; last = lastWrite()) forgetWrite(last);
  takeSpoken();
});

test.each([
  ["Ctrl", { ctrlKey: true }],
  ["⌘", { metaKey: true }],
])("%s+Z takes back the last write, then the one before it, saying which", async (_name, key) => {
  const { press, undone } = show();
  await press("Move");
  await press("Further");
  undo(document.body, key);
  await waitFor(() => expect(undone()).toEqual([{ request: "R-2" }]));
  undo(document.body, key);
  await waitFor(() => expect(undone()).toEqual([{ request: "R-2" }, { request: "R-1" }]));
  await waitFor(() =>
    expect(takeSpoken()).toMatchObject([
      { message: "Moved to stage 3" },
      { message: "Moved to stage 4" },
      { message: "Taken back", detail: "Moved to stage 4" },
      { message: "Taken back", detail: "Moved to stage 3" },
    ]),
  );
  undo(document.body, key);
  expect(takeSpoken()).toMatchObject([{ message: "Nothing to take back" }]);
});

test("pressed before the answer has come, it takes back that write and none before it", async () => {
  const { press, undone } = show();
  await press("Move");
  fireEvent.click(screen.getByRole("button", { name: "Further" }));
  undo();
  undo();
  await waitFor(() => expect(undone()).toEqual([{ request: "R-2" }, { request: "R-1" }]));
});

test("in a field it is the field's own, and with Shift nobody's", async () => {
  const { press, undone } = show();
  await press("Move");
  undo(screen.getByLabelText("Field"));
  undo(document.body, { ctrlKey: true, shiftKey: true });
  await new Promise((done) => setTimeout(done, 50));
  expect(undone()).toEqual([]);
});

test("what cannot be taken back says so, and nothing before it is taken back in its stead", async () => {
  const { press, undone } = show();
  await press("Move");
  await press("Close");
  takeSpoken();
  undo();
  expect(takeSpoken()).toMatchObject([{ message: "This cannot be taken back", detail: "Closed as lost" }]);
  expect(undone()).toEqual([]);
});
