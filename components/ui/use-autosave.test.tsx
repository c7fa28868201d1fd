// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AGAIN_MS, REST_MS } from "./autosave";
import { useAutosave } from "./use-autosave";

interface Doc {
  title: string;
}

const saves: [title: string, version: number][] = [];

/** A page over one document, which comes as another object at every drawing, as an answer does. */
function Page() {
  const [server, setServer] = useState({ title: "old", version: 1 });
  const draft = useAutosave<Doc>({
    name: "page",
    isValue: (stored) => typeof (stored as Doc | null)?.title === "string",
    stands: { value: { title: server.title }, version: server.version },
    same: (one, other) => one.title === other.title,
    save: async ({ title }, version) => {
      saves.push([title, version]);
      if (version !== server.version) throw new Error("not the version that stands");
      setServer({ title, version: version + 1 });
      return version + 1;
    },
    refresh: async () => ({ value: { title: server.title }, version: server.version }),
  });
  return (
    <>
      <p role="status">{`${draft.value.title}, ${draft.state}`}</p>
      <button type="button" onClick={() => draft.write({ title: `${draft.value.title}!` })}>
        Write
      </button>
    </>
  );
}

const said = () => screen.getByRole("status").textContent;
const write = () => act(() => screen.getByRole("button").click());
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const goes = (state: "online" | "offline") =>
  act(() => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(state === "online");
    window.dispatchEvent(new Event(state));
  });
/** Whether the browser would ask before it leaves. */
const leaves = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  vi.useFakeTimers();
  localStorage.clear();
  saves.length = 0;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("what is written shows at once and is saved when the hands rest", async () => {
  render(<Page />);
  expect(said()).toBe("old, saved");
  write();
  write();
  expect(said()).toBe("old!!, waiting");
  await pass(REST_MS);
  expect(said()).toBe("old!!, saved");
  write();
  await pass(REST_MS);
  expect(said()).toBe("old!!!, saved");
  expect(saves).toEqual([
    ["old!!", 1],
    ["old!!!", 2],
  ]);
});

test("without a network it waits, kept in this browser, and is saved when there is one", async () => {
  render(<Page />);
  goes("offline");
  write();
  await pass(3 * AGAIN_MS);
  expect([said(), saves]).toEqual(["old!, waiting", []]);
  goes("online");
  await pass(REST_MS);
  expect(said()).toBe("old!, saved");
});

test("another page is no reason to wait: what is left unsaved is sent on leaving", async () => {
  const { unmount } = render(<Page />);
  write();
  unmount();
  await pass(0);
  expect(saves).toEqual([["old!", 1]]);
});

test("what a crash left behind is there when the page opens again", async () => {
  localStorage.setItem(
    "countersign.draft.page",
    JSON.stringify({ value: { title: "half" }, over: { title: "old" } }),
  );
  render(<Page />);
  expect(said()).toBe("half, waiting");
  await pass(REST_MS);
  expect(saves).toEqual([["half", 1]]);
});

test("what is no document is not taken for one", () => {
  localStorage.setItem("countersign.draft.page", JSON.stringify({ value: 1, over: { title: "old" } }));
  render(<Page />);
  expect(said()).toBe("old, saved");
});

test("the browser asks before it leaves only when it could keep nothing itself", () => {
  render(<Page />);
  write();
  expect(leaves()).toBe(true);
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  vi.stubGlobal("localStorage", { getItem: () => null, removeItem: () => {}, setItem: full });
  write();
  expect(leaves()).toBe(false);
});
