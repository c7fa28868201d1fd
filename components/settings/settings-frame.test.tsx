// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { afterEach, expect, test, vi } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { SECTIONS } from "./sections";
import { SettingsFrame } from "./settings-frame";

afterEach(() => vi.restoreAllMocks());

/** A phone: each tab lies 90 pixels after the one before it, in a strip that begins 16 from the edge. */
function onPhone() {
  vi.spyOn(HTMLElement.prototype, "offsetLeft", "get").mockImplementation(function (this: HTMLElement) {
    const at = SECTIONS.findIndex(({ href }) => href === this.getAttribute("href"));
    return 16 + Math.max(0, at) * 90;
  });
}
const show = (path: string) =>
  showOnPage(
    <PathnameContext.Provider value={path}>
      <SettingsFrame>what is open</SettingsFrame>
    </PathnameContext.Provider>,
  );

test.each(SECTIONS.map(({ href, label }, at) => [label, href, at] as const))(
  "on a phone the open part is in sight: %s",
  (label, href, at) => {
    onPhone();
    show(href);
    const open = screen.getByRole("link", { current: "page" });
    expect(open.textContent).toBe(label);
    expect(open.closest("ul")?.scrollLeft).toBe(at * 90);
  },
);

test("no part is open, and nothing moves, on an address that is none of them", () => {
  onPhone();
  show("/settings");
  expect(screen.queryByRole("link", { current: "page" })).toBeNull();
  expect(screen.getByRole("link", { name: "Notices" }).closest("ul")?.scrollLeft).toBe(0);
});
