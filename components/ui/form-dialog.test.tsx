// @vitest-environment happy-dom
import { ORPCError } from "@orpc/client";
import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "@/lib/errors";
import "./dom.fixture";
import { TextField } from "./field";
import { FormDialog, FormPanel } from "./form-dialog";
import { SegmentedControl } from "./segmented-control";
import { useForm } from "./use-form";

beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));

interface Sent {
  name: string;
  size: "s" | "l";
  note: string;
}

const refusal = (problem: Partial<Problem>) =>
  new ORPCError("refused", { data: { code: "invalid", field: "", value: null, rule: "", ...problem } });

/** A write that is answered when the test says so, the way TanStack Query shows one. */
function useAnswered(log: Log) {
  const [state, setState] = useState<{ isPending: boolean; error: unknown }>({
    isPending: false,
    error: null,
  });
  return {
    ...state,
    mutate: (sent: Sent, told?: { onError(error: unknown): void }) => {
      log.sent.push(sent);
      setState({ isPending: true, error: null });
      log.answer = (error = null) => {
        setState({ isPending: false, error });
        if (error) told?.onError(error);
        else log.closed++;
      };
    },
  };
}

interface Log {
  sent: Sent[];
  closed: number;
  answer(error?: unknown): void;
}

interface Props {
  checks?: boolean;
  inPlace?: boolean;
  edits?: boolean;
}

function Scene({ log, checks = false, inPlace = false, edits = false }: Props & { log: Log }) {
  const form = useForm({
    start: { name: edits ? "Ada" : "", size: "s" as "s" | "l", note: "" },
    edits,
    check: ({ name }) => ({ name: checks && name.length < 3 ? "A name has three letters" : null }),
    sent: (values) => (values.name.trim() ? { ...values, name: values.name.trim() } : null),
    write: useAnswered(log),
  });
  const fields = (
    <>
      <TextField label="Name" autoFocus {...form.field("name")} />
      <SegmentedControl
        label="Size"
        choices={[
          { value: "s", label: "Small" },
          { value: "l", label: "Large" },
        ]}
        {...form.field("size")}
      />
      <TextField label="Note" lines={2} {...form.field("note")} />
    </>
  );
  const close = () => void log.closed++;
  return inPlace ? (
    <FormPanel form={form} title="Thing" note="Made here." save="Save" focus="textarea" onClose={close}>
      {fields}
    </FormPanel>
  ) : (
    <FormDialog form={form} title="Thing" save="Save" onClose={close}>
      {fields}
    </FormDialog>
  );
}

const save = () => screen.getByRole<HTMLButtonElement>("button", { name: "Save" });

async function open(props: Props = {}) {
  const log: Log = { sent: [], closed: 0, answer: () => {} };
  const user = userEvent.setup();
  await act(async () => void render(<Scene log={log} {...props} />));
  // The sheet is loaded when a dialog opens.
  const name = await screen.findByLabelText("Name", {}, { timeout: 10_000 });
  return {
    log,
    user,
    name,
    note: screen.getByLabelText("Note"),
    save: save(),
    answer: (error?: unknown) => act(async () => log.answer(error)),
  };
}

describe("a form in a dialog", () => {
  test("cannot be saved until it can be sent; then Enter sends what stands in it", async () => {
    const { log, user, name, save } = await open();
    expect(save.disabled).toBe(true);
    await user.type(name, "{Enter}");
    expect(log.sent).toEqual([]);
    await user.type(name, " Ada ");
    expect(save.disabled).toBe(false);
    await user.click(screen.getByLabelText("Large"));
    await user.type(name, "{Enter}");
    expect(log.sent).toEqual([{ name: "Ada", size: "l", note: "" }]);
  });

  test("of what stands is saved once something is another, and not again when it is put back", async () => {
    const { log, user, name, note, save } = await open({ edits: true });
    expect(save.disabled).toBe(true);
    await user.type(name, "{Enter}");
    await user.type(note, "{Control>}{Enter}{/Control}");
    expect(log.sent).toEqual([]);
    await user.type(note, "x");
    expect(save.disabled).toBe(false);
    await user.type(note, "{Backspace}");
    expect(save.disabled).toBe(true);
    await user.type(name, " B{Enter}");
    expect(log.sent).toEqual([{ name: "Ada B", size: "s", note: "" }]);
  });

  test("Enter in a field of several lines is a new line, with ⌘ or Ctrl it saves", async () => {
    const { log, user, name, note } = await open();
    await user.type(name, "Ada");
    await user.type(note, "one{Enter}two");
    expect(log.sent).toEqual([]);
    await user.type(note, "{Control>}{Enter}{/Control}");
    expect(log.sent).toEqual([{ name: "Ada", size: "s", note: "one\ntwo" }]);
  });

  test("is not sent a second time while it is under way", async () => {
    const { log, user, name, save, answer } = await open();
    await user.type(name, "Ada{Enter}");
    expect(save.getAttribute("aria-disabled")).toBe("true");
    await user.type(name, "{Enter}");
    await user.keyboard("{Meta>}{Enter}{/Meta}");
    await user.click(save);
    expect(log.sent).toHaveLength(1);
    await answer(refusal({ rule: "no" }));
    await user.click(save);
    expect(log.sent).toHaveLength(2);
  });

  test("a rule that the server names for a field stands below it, focused, until it is changed", async () => {
    const { user, name, note, answer } = await open();
    await user.type(name, "Ada");
    await user.type(note, "x{Control>}{Enter}{/Control}");
    await answer(refusal({ field: "changes.name", rule: "must not be taken" }));
    expect(document.activeElement).toBe(name);
    expect(name.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("It must not be taken.").id).toBe(name.getAttribute("aria-describedby"));
    expect(screen.queryByRole("alert")).toBeNull();
    await user.type(name, "x");
    await expect.poll(() => screen.queryByText("It must not be taken.")).toBeNull();
    expect(name.getAttribute("aria-invalid")).toBeNull();
  });

  test("what is wrong with no field that is shown stands below them all", async () => {
    const { user, name, answer } = await open();
    await user.type(name, "Ada{Enter}");
    await answer(refusal({ field: "version", code: "conflict", rule: "somebody was first" }));
    expect(screen.getByRole("alert").textContent).toContain("Somebody was first.");
    expect((name as HTMLInputElement).value).toBe("Ada");
  });

  test("a lost connection says so and keeps what was typed", async () => {
    const { log, user, name, save, answer } = await open();
    await user.type(name, "Ada{Enter}");
    await answer(new TypeError("fetch failed"));
    expect(screen.getByRole("alert").textContent).toContain("The server did not answer");
    await user.click(save);
    expect(log.sent).toHaveLength(2);
  });

  test("what the page checks itself is said once somebody tried, and goes with the mistake", async () => {
    const { log, user, name, note } = await open({ checks: true });
    await user.type(name, "A");
    expect(screen.queryByText("A name has three letters")).toBeNull();
    await user.type(note, "x{Control>}{Enter}{/Control}");
    expect(log.sent).toEqual([]);
    await expect.poll(() => document.activeElement).toBe(name);
    await user.type(name, "l");
    screen.getByText("A name has three letters");
    await user.type(name, "m");
    await expect.poll(() => screen.queryByText("A name has three letters")).toBeNull();
    await user.type(name, "{Enter}");
    expect(log.sent).toHaveLength(1);
  });

  test("Escape closes it; a click beside it closes only what nobody has changed", async () => {
    const { log, user, name } = await open();
    const beside = screen.getByRole("dialog").parentElement!.parentElement!;
    await user.click(beside);
    expect(log.closed).toBe(1);
    await user.type(name, "Ada");
    await user.click(beside);
    expect(log.closed).toBe(1);
    await user.keyboard("{Escape}");
    expect(log.closed).toBe(2);
  });
});

describe("a form in its place", () => {
  test("begins in the control it is about; Enter saves from there, Shift Enter is a new line", async () => {
    const { log, user, name, note } = await open({ inPlace: true });
    expect(document.activeElement).toBe(note);
    await user.keyboard("one{Shift>}{Enter}{/Shift}two");
    await user.type(name, "Ada{Enter}");
    expect(log.sent).toEqual([{ name: "Ada", size: "s", note: "one\ntwo" }]);
  });

  test("Escape goes back without saving", async () => {
    const { log, user } = await open({ inPlace: true });
    await user.keyboard("half{Escape}");
    expect(log).toMatchObject({ sent: [], closed: 1 });
  });
});
