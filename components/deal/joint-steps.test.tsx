// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import type { JointStep } from "./joint-step-dialog";
import { JointSteps } from "./joint-steps";

const step = (more: Partial<JointStep> = {}): JointStep => ({
  ...{ id: "J-1", partner: { id: "P-1", name: "Vela" }, what: "Meet their CFO", agreedOn: null, done: null },
  ...{ dueOn: "2026-04-27", overdueDays: 3, owner: { id: "U-1", name: "Maren Falk" } },
  may: { edit: true, keep: true },
  ...more,
});

const show = (steps: JointStep[], addStep: true | string = true) =>
  showOnPage(
    <JointSteps answer={{ steps, may: { addStep } } as Outputs["deal"]} onAdd={() => {}} />,
    {},
    { "finish-joint-step": () => ({ request: "R-1", answer: { stepId: "J-1" } }) },
  );

const DONE = step({
  id: "J-2",
  what: "Send the plan",
  overdueDays: 0,
  done: { on: "2026-04-20", by: "Ana" },
});

test("an overdue step says by how much, with whom and whose it is", () => {
  show([step()]);
  const [line] = screen.getAllByRole("listitem");
  expect(line?.textContent).toContain("with Vela·Maren Falk·3 days overdue, due 27 Apr 2026");
});

test.each<[string, Partial<JointStep>, string]>([
  ["due later", { overdueDays: 0 }, "due 27 Apr 2026"],
  ["without a day", { overdueDays: 0, dueOn: null }, "no due day"],
  ["that an import brought", { owner: null }, "nobody sees to it yet"],
])("one %s says so", (_what, more, words) => {
  show([step(more)]);
  expect(screen.getByRole("listitem").textContent).toContain(words);
});

test("a tick finishes it, once", async () => {
  const { asked } = show([step()]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Done: Meet their CFO" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual({ path: "/api/v1/finish-joint-step", body: { stepId: "J-1", done: true } });
});

test("what is done is out of the way until asked for", async () => {
  show([step(), DONE]);
  expect(screen.queryByText("Send the plan")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "1 step done" }));
  const line = screen.getByText("Send the plan").closest("li")!;
  expect(line.textContent).toContain("done 20 Apr 2026 by Ana");
  expect((within(line).getByRole("checkbox") as HTMLInputElement).checked).toBe(true);
});

test("offers nothing to whom it is not for, and is not there where nothing stands either", () => {
  const { unmount } = show(
    [step({ may: { edit: "No", keep: "No" } })],
    "Auditor may not plan next joint steps",
  );
  expect((screen.getByRole("checkbox") as HTMLInputElement).disabled).toBe(true);
  expect(screen.queryByRole("button")).toBeNull();
  unmount();
  show([], "Auditor may not plan next joint steps");
  expect(screen.queryByRole("heading")).toBeNull();
});
