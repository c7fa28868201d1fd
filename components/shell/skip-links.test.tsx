// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { SkipLinks } from "./skip-links";

test("two presses of Tab and Enter lead to the list's row, whatever stands before it", async () => {
  render(
    <>
      <SkipLinks />
      {["Deals", "Views", "Columns", "Stage"].map((name) => (
        <button type="button" key={name}>
          {name}
        </button>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as the house's own table has it */}
      <table role="grid" aria-label="Deals">
        <tbody>
          <tr data-row={0} tabIndex={-1}>
            <td>D-1</td>
          </tr>
          <tr data-row={1} tabIndex={0}>
            <td>D-2</td>
          </tr>
        </tbody>
      </table>
    </>,
  );
  await userEvent.tab();
  expect(document.activeElement?.getAttribute("href")).toBe("#main");
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByText("Skip to the list"));
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement?.textContent).toBe("D-2");
});
