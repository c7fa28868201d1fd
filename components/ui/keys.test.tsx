// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useLayoutEffect, useRef, useState } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { EARLY_KEY_SCRIPT } from "./early-key";
import "./dom.fixture";
import { useKeys, useSingleKeys } from "./keys";

// As the document runs it, once.
new Function(EARLY_KEY_SCRIPT)();

/** A page with keys of its own, and what it heard. */
function Page({ heard, children }: { heard: string[]; children?: React.ReactNode }) {
  useKeys({ t: () => heard.push("t"), "?": () => heard.push("?") });
  return children;
}

test("a key is heard from the moment that the page stands, before it is painted", () => {
  const heard: string[] = [];
  const Quick = () => {
    useKeys({ t: () => heard.push("t") });
    useLayoutEffect(() => void window.dispatchEvent(new KeyboardEvent("keydown", { key: "t" })), []);
    return null;
  };
  render(<Quick />);
  expect(heard).toEqual(["t"]);
});

test("a key pressed on the server's page before its script came is answered once it has, and only there", () => {
  const heard: string[] = [];
  const Later = () => {
    useKeys({ x: () => heard.push("late x") });
    return null;
  };
  const drawn = document.createElement("div");
  document.body.append(drawn);
  drawn.innerHTML = renderToString(<Page heard={heard}>drawn</Page>);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "x" }));
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "T" }));
  const { unmount } = render(<Page heard={heard}>drawn</Page>, { container: drawn, hydrate: true });
  expect(heard).toEqual(["t"]);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "x" }));
  render(<Later />);
  expect(heard, "what comes after the key was not seen with it").toEqual(["t"]);
  unmount();
});

test("what is typed after / before the page's script came is in the field that / goes to", () => {
  const Searched = () => {
    const field = useRef<HTMLInputElement>(null);
    const [text, setText] = useState("");
    useKeys({ "/": () => field.current?.focus(), d: () => setText("d is a key of its own") });
    return <input aria-label="Filter" ref={field} value={text} onChange={(e) => setText(e.target.value)} />;
  };
  const drawn = document.createElement("div");
  document.body.append(drawn);
  drawn.innerHTML = renderToString(<Searched />);
  for (const key of ["/", "D", "-", "7"]) window.dispatchEvent(new KeyboardEvent("keydown", { key }));
  const { unmount } = render(<Searched />, { container: drawn, hydrate: true });
  expect(screen.getByRole("textbox", { name: "Filter" })).toHaveProperty("value", "D-7");
  unmount();
});

test("keys rest while somebody types, under a dialog and with a modifier held", async () => {
  const heard: string[] = [];
  const hand = userEvent.setup();
  const { rerender } = render(
    <Page heard={heard}>
      <input aria-label="Name" />
    </Page>,
  );
  await hand.keyboard("t?");
  expect(heard).toEqual(["t", "?"]);
  await hand.type(screen.getByLabelText("Name"), "t");
  await hand.tab();
  await hand.keyboard("{Control>}t{/Control}");
  expect(heard).toEqual(["t", "?"]);
  rerender(
    <Page heard={heard}>
      <div role="dialog" />
    </Page>,
  );
  await hand.keyboard("t");
  expect(heard).toEqual(["t", "?"]);
  rerender(<Page heard={heard} />);
  await hand.keyboard("t");
  expect(heard).toEqual(["t", "?", "t"]);
});

test("single keys can be switched off, and on again", async () => {
  const heard: string[] = [];
  const hand = userEvent.setup();
  const Switch = () => {
    const [on, set] = useSingleKeys();
    return (
      <button type="button" onClick={() => set(!on)}>
        {on ? "on" : "off"}
      </button>
    );
  };
  render(
    <Page heard={heard}>
      <Switch />
    </Page>,
  );
  await hand.click(screen.getByRole("button", { name: "on" }));
  await hand.keyboard("t");
  expect(heard).toEqual([]);
  await hand.click(screen.getByRole("button", { name: "off" }));
  await hand.keyboard("t");
  expect(heard).toEqual(["t"]);
});
