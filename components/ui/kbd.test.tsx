// @vitest-environment happy-dom
import { render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import "./dom.fixture";
import { Kbd } from "./kbd";

afterEach(() => vi.restoreAllMocks());

const caps = () => [...document.querySelectorAll("kbd")].map((cap) => cap.textContent);

test.each([
  ["MacIntel", ["⌘", "⇧", "⌥", "Enter"]],
  ["iPhone", ["⌘", "⇧", "⌥", "Enter"]],
  ["Win32", ["Ctrl", "Shift", "Alt", "Enter"]],
  ["Linux x86_64", ["Ctrl", "Shift", "Alt", "Enter"]],
])("on %s the caps are those of its keyboard", (platform, shown) => {
  vi.spyOn(navigator, "platform", "get").mockReturnValue(platform);
  render(<Kbd keys="⌘ ⇧ Alt Enter" />);
  expect(caps()).toEqual(shown);
});
