// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { ComboField, type ComboFieldProps } from "./combo-field";
import type { Found } from "./combo-match";
import "./dom.fixture";
import { Form } from "./form";
import { typedInto } from "./typing.fixture";

const PARTNERS = [
  { id: "P-1", name: "Hallmark", detail: "Reseller" },
  { id: "P-2", name: "Vela", detail: "Agency" },
  { id: "P-3", name: "Velvet Cloud", detail: "Technology" },
];

type SceneProps = Partial<ComboFieldProps> & { start?: string | null; onSubmit?(value: string | null): void };

/** The field in a form that would send what is chosen; what comes from outside is put by `choose`. */
function Scene({ start = null, onChange, onSubmit, ...props }: SceneProps) {
  const [value, setValue] = useState(start);
  const form = { failures: 0, unplaced: () => null, submit: () => onSubmit?.(value) };
  return (
    <Form form={form}>
      <ComboField
        label="Partner"
        noun="partner"
        items={PARTNERS}
        {...props}
        value={value}
        onChange={(id) => {
          setValue(id);
          onChange?.(id);
        }}
      />
      <button type="button" onClick={() => setValue("P-1")}>
        Prefill
      </button>
      <button type="submit">Save</button>
    </Form>
  );
}

const show = (props: SceneProps = {}) => {
  const onChange = vi.fn();
  const onSubmit = vi.fn();
  const scene = (more: SceneProps = {}) => (
    <Scene {...props} {...more} onChange={onChange} onSubmit={onSubmit} />
  );
  const { rerender } = render(scene());
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Partner" });
  return { field, onChange, onSubmit, again: (more: SceneProps) => rerender(scene(more)) };
};
const options = () => screen.queryAllByRole("option").map((option) => option.textContent);
const held = (field: HTMLElement) =>
  document.getElementById(field.getAttribute("aria-activedescendant") ?? "")?.textContent ?? null;
const button = (name: string) => screen.getByText(name);

typedInto("a field with nothing chosen", {
  show: () => show(),
  ...{ label: "Partner", noun: "partner", partly: "velv", name: "Velvet Cloud" },
});
typedInto("a field with a partner guessed", {
  show: () => show({ start: "P-1", opens: "input" }),
  ...{ label: "Partner", noun: "partner", chosen: "Hallmark", partly: "velv", name: "Velvet Cloud" },
});

describe("a page that moves under the field", () => {
  const settled = () => act(() => new Promise((done) => requestAnimationFrame(() => done(undefined))));

  test.each([
    ["page", () => document],
    ["dialog around it", () => screen.getByRole("combobox").closest("form") as HTMLElement],
  ])("leaves the list of what was typed open: the %s", async (_what, mover) => {
    const { field, onChange } = show();
    await userEvent.type(field, "vel");
    fireEvent.scroll(mover());
    await settled();
    expect([options(), field.value]).toEqual([["VelaAgency", "Velvet CloudTechnology"], "vel"]);
    await userEvent.click(screen.getByRole("option", { name: /Velvet/ }));
    expect([options(), onChange.mock.lastCall]).toEqual([[], ["P-3"]]);
  });

  test("leaves it open however often it moves, and Escape still closes it", async () => {
    const { field } = show();
    await userEvent.type(field, "vel");
    for (let turn = 0; turn < 3; turn++) {
      fireEvent.scroll(document);
      fireEvent.scroll(document);
      await settled();
    }
    expect(options()).toHaveLength(2);
    await userEvent.keyboard("{Escape}");
    expect([options(), field.value]).toEqual([[], "vel"]);
  });
});

describe("finding one by typing", () => {
  test("the list is there at once, each with what tells it from others", async () => {
    const { field } = show();
    await userEvent.click(field);
    expect(options()).toEqual(["HallmarkReseller", "VelaAgency", "Velvet CloudTechnology"]);
  });

  test("what is typed narrows it, any case, and the first that answers is held", async () => {
    const { field } = show();
    await userEvent.type(field, "VEL");
    expect([options(), held(field)]).toEqual([["VelaAgency", "Velvet CloudTechnology"], "VelaAgency"]);
  });

  test("held is not taken: of several Enter takes none, says so, and leaves text and list", async () => {
    const { field, onChange } = show();
    await userEvent.type(field, "vel{Enter}");
    expect([field.value, options().length]).toEqual(["vel", 2]);
    expect(screen.getByText("No partner called “vel”: 2 are like it, choose one.")).toBeTruthy();
    expect(onChange.mock.calls.filter(([id]) => id !== null)).toEqual([]);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect([field.value, onChange.mock.lastCall]).toEqual(["Velvet Cloud", ["P-3"]]);
  });

  test("a whole name is taken even where a longer one begins with it", async () => {
    const { field, onChange } = show({ items: [...PARTNERS, { id: "P-4", name: "Velar" }] });
    await userEvent.type(field, "vela{Enter}");
    expect([field.value, onChange.mock.lastCall]).toEqual(["Vela", ["P-2"]]);
  });

  test("a press on one takes it, whatever was typed", async () => {
    const { field, onChange } = show();
    await userEvent.type(field, "vel");
    await userEvent.click(screen.getByRole("option", { name: /Velvet/ }));
    expect([field.value, onChange.mock.lastCall, options()]).toEqual(["Velvet Cloud", ["P-3"], []]);
  });

  test("the caller may search instead: then what it finds is shown as it is", async () => {
    const onSearch = vi.fn();
    const { field } = show({ onSearch });
    await userEvent.type(field, "v");
    expect(onSearch).toHaveBeenLastCalledWith("v");
    expect(options()).toHaveLength(PARTNERS.length);
  });
});

describe("a list that has not come", () => {
  test("what is typed and left meanwhile is taken when it comes", async () => {
    const { field, onChange, again } = show({ items: undefined });
    await userEvent.type(field, "velvet{Enter}");
    expect([field.value, screen.queryByText(/^No partner/)]).toEqual(["velvet", null]);
    again({ items: PARTNERS });
    expect([field.value, onChange.mock.lastCall]).toEqual(["Velvet Cloud", ["P-3"]]);
  });

  test("and told to be nobody's name when it is nobody's", async () => {
    const { field, again } = show({ items: undefined });
    await userEvent.type(field, "Acme{Tab}");
    again({ items: PARTNERS });
    expect(field.value).toBe("Acme");
    expect(screen.getByText("No partner called “Acme”")).toBeTruthy();
  });

  test("a guess that comes while somebody types is not chosen over the text", async () => {
    const { field, onChange } = show();
    await userEvent.type(field, "velv");
    await act(async () => button("Prefill").click());
    expect([field.value, onChange.mock.lastCall]).toEqual(["velv", [null]]);
  });
});

test("a guess that comes to a field where somebody stands, and has not typed, is typed over", async () => {
  const { field } = show({ opens: "input" });
  await userEvent.click(field);
  await act(async () => button("Prefill").click());
  await userEvent.keyboard("velv");
  expect(field.value).toBe("velv");
});

describe("a form does not send another than the one that stands", () => {
  test("neither the one before nor none goes while the text says nothing", async () => {
    const { field, onSubmit } = show({ start: "P-1" });
    await userEvent.clear(field);
    await userEvent.type(field, "Acme");
    await act(async () => button("Save").click());
    expect(onSubmit).not.toHaveBeenCalled();
    expect([field.value, document.activeElement]).toEqual(["Acme", field]);
  });

  test("Enter takes what the text says, and sends with the next", async () => {
    const { field, onSubmit } = show({ start: "P-1", opens: "input" });
    await userEvent.clear(field);
    await userEvent.type(field, "velv{Enter}");
    expect(onSubmit).not.toHaveBeenCalled();
    await userEvent.keyboard("{Enter}");
    expect(onSubmit.mock.calls).toEqual([["P-3"]]);
  });

  test("what is prefilled is sent by the first Enter", async () => {
    const { field, onSubmit } = show({ start: "P-2", opens: "input" });
    await userEvent.click(field);
    await userEvent.keyboard("{Enter}");
    expect([field.value, onSubmit.mock.calls]).toEqual(["Vela", [["P-2"]]]);
  });
});

describe("making what is not there", () => {
  const made = { id: "P-9", name: "Acme" };
  const create = () => ({
    label: (text: string) => `Add partner “${text}”`,
    make: vi.fn(async (): Promise<Found | null> => made),
  });

  test("is offered below what answers, and chosen once it is made", async () => {
    const making = create();
    const { field, onChange } = show({ create: making });
    await userEvent.type(field, "Acme");
    expect(options()).toEqual(["Add partner “Acme”"]);
    await userEvent.click(screen.getByRole("option", { name: "Add partner “Acme”" }));
    expect(making.make).toHaveBeenCalledWith("Acme");
    expect([field.value, onChange.mock.lastCall]).toEqual(["Acme", ["P-9"]]);
  });

  test("takes a key more than Enter, so that a slip of the hand makes nobody", async () => {
    const making = create();
    const { field } = show({ create: making });
    await userEvent.type(field, "Acme{Enter}");
    expect([making.make.mock.calls.length, field.value]).toEqual([0, "Acme"]);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(making.make).toHaveBeenCalledOnce();
  });

  test("waits for what is looked for, so that no list moves away under a hand and nothing is made twice", async () => {
    const asked = { create: create(), onSearch: vi.fn() };
    const { field, again } = show({
      ...asked,
      items: [{ id: "P-3", name: "Velvet Cloud" }],
      isLooking: true,
    });
    await userEvent.type(field, "Vela");
    expect(options(), "what is of another text is held to this one").toEqual(["Looking…"]);
    again({ items: [{ id: "P-7", name: "Velasco" }], isLooking: false });
    expect(options()).toEqual(["Velasco", "Add partner “Vela”"]);
  });

  test("is not offered for a name that is there", async () => {
    const { field } = show({ create: create() });
    await userEvent.type(field, "vela");
    expect(options()).toEqual(["VelaAgency"]);
  });
});

describe("how it stands", () => {
  test("wrong: the rule stands below it, tied to it", () => {
    const { field } = show({ problem: "This partner holds the role already." });
    const says = document.getElementById(field.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "");
    expect([field.getAttribute("aria-invalid"), says?.textContent]).toEqual([
      "true",
      "This partner holds the role already.",
    ]);
  });

  test("with a note that is no rule", () => {
    const { field } = show({ note: "The likeliest is filled in." });
    expect(screen.getByText("The likeliest is filled in.")).toBeTruthy();
    expect(field.getAttribute("aria-invalid")).toBeNull();
  });

  test("prefilled: it shows the name, and waits for typing where Enter may save it", async () => {
    const { field } = show({ start: "P-2", opens: "input" });
    await userEvent.click(field);
    expect([field.value, options()]).toEqual(["Vela", []]);
  });

  test("at rest: it can be read and not changed", async () => {
    const { field, onChange } = show({ start: "P-1", isDisabled: true });
    await userEvent.type(field, "Vela");
    expect([field.disabled, field.value, onChange.mock.calls]).toEqual([true, "Hallmark", []]);
  });
});
