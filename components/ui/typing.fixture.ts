import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";

/** One combo of the app, as a hand meets it. */
export interface ComboScene {
  /** Draws it. */
  show(): unknown;
  label: string;
  noun: string;
  /** What it shows at first; empty when nothing is chosen. */
  chosen?: string;
  /** A text that says exactly one other thing without being its name, and that thing's name. */
  partly: string;
  name: string;
  /** What stands in it once that is taken: its name, unless it only adds to something or gives way to it. */
  taken?: string | null;
}

const NOTHING = "zzqx";

/** How every combo takes what is typed: the same hand on each of them. */
export function typedInto(title: string, scene: ComboScene): void {
  const { label, noun, chosen = "", partly, name, taken = name } = scene;
  const begin = async (text: string) => {
    scene.show();
    const field = await screen.findByLabelText<HTMLInputElement>(label, { selector: "input" });
    await expect.poll(() => field.value).toBe(chosen);
    await userEvent.clear(field);
    await userEvent.type(field, text);
    return field;
  };
  const stands = async (value: string | null) => {
    const there = () => screen.queryByLabelText<HTMLInputElement>(label, { selector: "input" });
    await expect.poll(() => there()?.value ?? null).toBe(value);
  };

  const offered = async () => {
    const names = () => [...document.querySelectorAll("[role=option]")].map((option) => option.textContent);
    await expect.poll(() => names().some((one) => one?.startsWith(name))).toBe(true);
  };

  describe(title, () => {
    test.each(["{Enter}", "{Tab}"])("what a text says is taken by %s", async (key) => {
      await begin(partly);
      await offered();
      await userEvent.keyboard(key);
      await stands(taken);
    });

    test.each(["{Enter}", "{Tab}"])("a text that says nothing stays at %s, and is told so", async (key) => {
      const field = await begin(NOTHING);
      await userEvent.keyboard(key);
      await stands(NOTHING);
      await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
      const says = document.getElementById(field.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "");
      expect(says?.textContent).toBe(`No ${noun} called “${NOTHING}”`);
    });

    test("Escape puts back what was chosen, and leaves a text alone that has nothing to give way to", async () => {
      await begin(NOTHING);
      await userEvent.keyboard("{Escape}");
      await stands(chosen || NOTHING);
    });

    test("a name that is pasted, with the blanks around it, is taken as it is", async () => {
      const field = await begin("x");
      await userEvent.clear(field);
      await userEvent.paste(`  ${name.toUpperCase()} `);
      await offered();
      await userEvent.keyboard("{Enter}");
      await stands(taken);
    });
  });
}
