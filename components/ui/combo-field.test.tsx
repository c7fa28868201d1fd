// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { ComboField, type ComboFieldProps } from "./combo-field";
import "./dom.fixture";

const PARTNERS = [
  { id: "P-1", name: "Hallmark", detail: "Reseller" },
  { id: "P-2", name: "Vela", detail: "Agency" },
  { id: "P-3", name: "Velvet Cloud", detail: "Technology" },
];

function Scene({ start = null, onChange, ...props }: Partial<ComboFieldProps> & { start?: string | null }) {
  const [value, setValue] = useState(start);
  return (
    <form>
      <ComboField
        label="Partner"
        items={PARTNERS}
        {...props}
        value={value}
        onChange={(id) => {
          setValue(id);
          onChange?.(id);
        }}
      />
    </form>
  );
}

const show = (props: Partial<ComboFieldProps> & { start?: string | null } = {}) => {
  const onChange = vi.fn();
  render(<Scene {...props} onChange={onChange} />);
  return { field: screen.getByRole<HTMLInputElement>("combobox", { name: "Partner" }), onChange };
};
const options = () => screen.queryAllByRole("option").map((option) => option.textContent);

describe("finding one by typing", () => {
  test("the list is there at once, each with what tells it from others", async () => {
    const { field } = show();
    await userEvent.click(field);
    expect(options()).toEqual(["HallmarkReseller", "VelaAgency", "Velvet CloudTechnology"]);
  });

  test("what is typed narrows it, any case, and Enter takes the one that is held out", async () => {
    const { field, onChange } = show();
    await userEvent.type(field, "vel");
    expect(options()).toEqual(["VelaAgency", "Velvet CloudTechnology"]);
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(onChange.mock.lastCall).toEqual(["P-3"]);
    expect(field.value).toBe("Velvet Cloud");
  });

  test("nothing by that name is said, and nothing is chosen", async () => {
    const { field, onChange } = show({ empty: "Not a partner yet" });
    await userEvent.type(field, "xyz");
    expect(screen.getByText("Not a partner yet")).toBeTruthy();
    expect(onChange.mock.calls.filter(([id]) => id !== null)).toEqual([]);
  });

  test("leaving with half a name goes back to what was chosen", async () => {
    const { field } = show({ start: "P-1" });
    await userEvent.clear(field);
    await userEvent.type(field, "Vel");
    await userEvent.keyboard("{Escape}");
    await userEvent.tab();
    expect(["", "Hallmark"]).toContain(field.value);
  });

  test("the caller may search instead: then what it finds is shown as it is", async () => {
    const onSearch = vi.fn();
    const { field } = show({ text: "", onSearch });
    await userEvent.type(field, "v");
    expect(onSearch).toHaveBeenLastCalledWith("v");
    expect(options()).toHaveLength(PARTNERS.length);
  });
});

describe("a field that is prefilled", () => {
  test("shows its name, and waits for typing where Enter may save it", async () => {
    const { field } = show({ start: "P-2", opens: "input" });
    await userEvent.click(field);
    expect([field.value, options()]).toEqual(["Vela", []]);
    await userEvent.clear(field);
    await userEvent.type(field, "hall");
    expect(options()).toEqual(["HallmarkReseller"]);
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

  test("at rest: it can be read and not changed", async () => {
    const { field, onChange } = show({ start: "P-1", isDisabled: true });
    await userEvent.type(field, "Vela");
    expect([field.disabled, field.value, onChange.mock.calls]).toEqual([true, "Hallmark", []]);
  });
});
