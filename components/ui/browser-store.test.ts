// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browserStore } from "./browser-store";

const NONE: readonly string[] = [];
const open = () =>
  browserStore<readonly string[]>("names", NONE, (stored) => (Array.isArray(stored) ? stored : undefined));
const KEY = "countersign.names";

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
  open().set(NONE);
});

describe("what a browser keeps", () => {
  test("is there for whoever asks under its name, until nothing is kept", () => {
    expect(open().get()).toBe(NONE);
    expect(open().set(["Ada"])).toBe(true);
    expect(open().get()).toEqual(["Ada"]);
    open().set(NONE);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test("is the same object until it changes, so that drawing it ends", () => {
    const store = open();
    store.set(["Ada"]);
    const first = store.get();
    expect(store.get()).toBe(first);
    store.set(["Ada"]);
    expect(store.get()).toBe(first);
    store.set(["Bo"]);
    expect(store.get()).toEqual(["Bo"]);
  });

  test.each(["{", '"text"', "null", "{}"])("is nothing where somebody left %s", (left) => {
    localStorage.setItem(KEY, left);
    expect(open().get()).toBe(NONE);
  });

  test("tells everybody on the page of a change, once, and nobody who stopped listening", () => {
    const [here, there, gone] = [vi.fn(), vi.fn(), vi.fn()];
    const stops = [open().subscribe(here), open().subscribe(there)];
    open().subscribe(gone)();
    open().set(["Ada"]);
    open().set(["Ada"]);
    expect([here, there, gone].map((heard) => heard.mock.calls.length)).toEqual([1, 1, 0]);
    for (const stop of stops) stop();
  });

  test.each([
    [KEY, 1],
    [null, 1],
    ["countersign.other", 0],
  ])("hears of another tab's change of %s %i times", (key, times) => {
    const heard = vi.fn();
    const stop = open().subscribe(heard);
    window.dispatchEvent(new StorageEvent("storage", { key }));
    expect(heard).toHaveBeenCalledTimes(times);
    stop();
  });

  test("lives as long as the page where the browser is full, and says so", () => {
    const heard = vi.fn();
    const stop = open().subscribe(heard);
    const full = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    vi.stubGlobal("localStorage", { getItem: () => null, removeItem: () => {}, setItem: full });
    expect(open().set(["Ada"])).toBe(false);
    expect(open().set(["Ada"])).toBe(false);
    expect(open().get()).toEqual(["Ada"]);
    expect(heard).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
    expect(open().set(["Ada", "Bo"])).toBe(true);
    expect(localStorage.getItem(KEY)).toBe('["Ada","Bo"]');
    stop();
  });

  test("is nothing where the browser is closed to pages", () => {
    const closed = () => {
      throw new DOMException("closed", "SecurityError");
    };
    vi.stubGlobal("localStorage", { getItem: closed, removeItem: closed, setItem: closed });
    expect(open().get()).toBe(NONE);
    expect(open().set(["Ada"])).toBe(false);
    expect(open().get()).toEqual(["Ada"]);
  });
});
