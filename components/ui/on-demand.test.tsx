// @vitest-environment happy-dom
import { act, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import "./dom.fixture";
import { onDemand } from "./on-demand";

function Told({ text }: { text: string }) {
  const [first] = useState(text);
  return <p>{`${first} ${text}`}</p>;
}

test("the first opening waits for its script; what opens once it is there is drawn at once", async () => {
  let come = (_: typeof Told) => {};
  const Late = onDemand<{ text: string }>(
    () =>
      new Promise((resolve) => {
        come = resolve;
      }),
  );
  const { rerender } = render(<Late text="a" />);
  expect(document.querySelector("p")).toBeNull();
  await act(async () => come(Told));
  expect(screen.getByText("a a")).toBeTruthy();

  // Drawn again it is the same one, with what it holds.
  rerender(<Late text="b" />);
  expect(screen.getByText("a b")).toBeTruthy();

  rerender(<Late key="another" text="c" />);
  expect(screen.getByText("c c")).toBeTruthy();
});
