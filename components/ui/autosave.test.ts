// @vitest-environment happy-dom
// Long: every way in which two saves, a conflict and a lost connection can meet, over one scene.
import { ORPCError } from "@orpc/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AGAIN_MS, Autosave, type Kept, REST_MS } from "./autosave";
import { type BrowserStore, browserStore } from "./browser-store";

const refusal = (code: string) =>
  new ORPCError("refused", { data: { code, field: "", value: null, rule: "must not" } });
const CONFLICT = refusal("conflict");
const REFUSED = refusal("invalid");
const NO_ANSWER = new TypeError("fetch failed");

/** A server with one text, whose version anything may move, and a page that writes on it. */
class Scene {
  text = "old";
  version = 1;
  /** What the next saves end with, in turn; then they succeed. */
  readonly fails: unknown[] = [];
  readonly saves: [text: string, version: number][] = [];
  /** Held saves go on when told. */
  held: (() => void)[] | null = null;
  readonly kept: BrowserStore<Kept<string> | null>;
  readonly page: Autosave<string>;
  readonly leave: () => void;

  constructor(name = "scene") {
    this.kept = browserStore<Kept<string> | null>(name, null, (stored) => stored as Kept<string>);
    this.page = new Autosave(
      {
        kept: this.kept,
        same: Object.is,
        save: async (text, version) => {
          this.saves.push([text, version]);
          if (this.held) await new Promise<void>((go) => this.held?.push(go));
          const failure = this.fails.shift();
          if (failure) throw failure;
          if (version !== this.version) throw CONFLICT;
          this.text = text;
          return ++this.version;
        },
        refresh: async () => this.stands(),
      },
      this.stands(),
    );
    this.leave = this.page.subscribe(() => {});
    this.hear();
  }

  stands = () => ({ value: this.text, version: this.version });
  hear = (maySave = true) => this.page.hear(this.stands(), maySave);
  /** Somebody else saves: the text, or something else of the same version. */
  other(text = this.text) {
    this.text = text;
    this.version++;
  }
  get state() {
    return this.page.snapshot().state;
  }
  get value() {
    return this.page.snapshot().value;
  }
}

const rest = () => vi.advanceTimersByTimeAsync(REST_MS);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a text that saves itself", () => {
  test("is kept at the first letter, saved once the hands rest, and kept no longer", async () => {
    const scene = new Scene();
    scene.page.write("a");
    await vi.advanceTimersByTimeAsync(REST_MS - 1);
    scene.page.write("ab");
    expect([scene.state, scene.kept.get()]).toEqual(["waiting", { value: "ab", over: "old" }]);
    await vi.advanceTimersByTimeAsync(REST_MS - 1);
    expect(scene.saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(scene.saves).toEqual([["ab", 1]]);
    expect([scene.state, scene.value, scene.kept.get()]).toEqual(["saved", "ab", null]);
  });

  test("written back to what stands is saved already", async () => {
    const scene = new Scene();
    scene.page.write("a");
    scene.page.write("old");
    expect([scene.state, scene.kept.get()]).toEqual(["saved", null]);
    await rest();
    expect(scene.saves).toEqual([]);
  });

  test("that is written on while it is on its way is saved after, over the new version", async () => {
    const scene = new Scene();
    scene.held = [];
    scene.page.write("a");
    await rest();
    expect(scene.state).toBe("saving");
    scene.page.write("ab");
    await rest();
    expect(scene.saves).toHaveLength(1);
    scene.held.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    scene.held.shift()?.();
    await rest();
    scene.held.shift()?.();
    await rest();
    expect(scene.saves).toEqual([
      ["a", 1],
      ["ab", 2],
    ]);
    expect([scene.state, scene.text]).toEqual(["saved", "ab"]);
  });

  test("is saved at once when asked, and says whether the server has everything", async () => {
    const scene = new Scene();
    expect(await scene.page.flush()).toBe(true);
    scene.page.write("a");
    expect(await scene.page.flush()).toBe(true);
    scene.fails.push(REFUSED);
    scene.page.write("b");
    expect(await scene.page.flush()).toBe(false);
  });

  test("asked twice is saved once; asked while a save is on its way, the newest is saved too", async () => {
    const scene = new Scene();
    scene.page.write("a");
    expect(await Promise.all([scene.page.flush(), scene.page.flush()])).toEqual([true, true]);
    expect(scene.saves).toEqual([["a", 1]]);
    scene.held = [];
    scene.page.write("b");
    const first = scene.page.flush();
    await vi.advanceTimersByTimeAsync(0);
    scene.page.write("bc");
    const second = scene.page.flush();
    const [go] = scene.held;
    scene.held = null;
    go?.();
    expect([await first, await second, scene.text]).toEqual([false, true, "bc"]);
  });

  test("left behind by a crash is there again, and saved", async () => {
    new Scene("left").page.write("half");
    vi.clearAllTimers();
    const again = new Scene("left");
    expect([again.value, again.state]).toEqual(["half", "waiting"]);
    await rest();
    expect([again.text, again.state]).toEqual(["half", "saved"]);
  });

  test("waits while nothing may be saved, and is saved as soon as it may", async () => {
    const scene = new Scene();
    scene.hear(false);
    scene.page.write("a");
    await rest();
    expect(await scene.page.flush()).toBe(false);
    expect([scene.state, scene.saves]).toEqual(["waiting", []]);
    scene.hear(true);
    await rest();
    expect(scene.state).toBe("saved");
  });
});

describe("when saving fails", () => {
  test("a server that did not answer is asked again by itself", async () => {
    const scene = new Scene();
    scene.fails.push(NO_ANSWER, NO_ANSWER);
    scene.page.write("a");
    await rest();
    expect([scene.state, scene.value, scene.page.snapshot().error]).toEqual(["failed", "a", NO_ANSWER]);
    await vi.advanceTimersByTimeAsync(2 * AGAIN_MS);
    expect([scene.state, scene.saves.length, scene.page.snapshot().error]).toEqual(["saved", 3, null]);
  });

  test("where nobody looks any more, nothing is tried again", async () => {
    const scene = new Scene();
    scene.fails.push(NO_ANSWER);
    scene.page.write("a");
    scene.leave();
    expect(await scene.page.flush()).toBe(false);
    await vi.advanceTimersByTimeAsync(3 * AGAIN_MS);
    expect([scene.saves.length, scene.kept.get()?.value]).toEqual([1, "a"]);
  });

  test("given up, the failure goes with what failed", async () => {
    const scene = new Scene();
    scene.fails.push(REFUSED);
    scene.page.write("a");
    await rest();
    scene.page.drop();
    scene.page.write("b");
    expect(scene.page.snapshot()).toMatchObject({ state: "waiting", error: null });
  });

  test("a refusal is not repeated; the next stroke tries anew", async () => {
    const scene = new Scene();
    scene.fails.push(REFUSED);
    scene.page.write("a");
    await rest();
    await vi.advanceTimersByTimeAsync(3 * AGAIN_MS);
    expect([scene.state, scene.saves.length]).toEqual(["failed", 1]);
    scene.page.write("ab");
    expect([scene.state, scene.page.snapshot().error]).toEqual(["waiting", null]);
    await rest();
    expect([scene.state, scene.text]).toEqual(["saved", "ab"]);
  });

  test("a save that landed although its answer was lost is one's own, written on or not", async () => {
    const scene = new Scene();
    scene.fails.push(NO_ANSWER);
    scene.page.write("a");
    await rest();
    scene.page.write("ab");
    scene.other("a");
    scene.hear();
    expect(scene.state).toBe("waiting");
    await rest();
    expect([scene.state, scene.text]).toEqual(["saved", "ab"]);
  });

  test("what leaves with the page is what is neither saved nor kept", async () => {
    const scene = new Scene();
    scene.page.write("a");
    expect(scene.page.isAtRisk()).toBe(false);
    const full = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    vi.stubGlobal("localStorage", { getItem: () => null, removeItem: () => {}, setItem: full });
    scene.page.write("ab");
    expect(scene.page.isAtRisk()).toBe(true);
    await rest();
    expect([scene.text, scene.page.isAtRisk()]).toEqual(["ab", false]);
  });
});

describe("when somebody else was first", () => {
  test("with another text, both stand and nothing is saved until one chooses", async () => {
    const scene = new Scene();
    scene.page.write("mine");
    scene.other("theirs");
    await rest();
    expect(scene.page.snapshot()).toMatchObject({ state: "conflict", value: "mine", stands: "theirs" });
    scene.page.write("mine still");
    await vi.advanceTimersByTimeAsync(3 * AGAIN_MS);
    expect([scene.state, scene.saves.length, scene.text]).toEqual(["conflict", 1, "theirs"]);
  });

  test.each([
    ["keeping one's own", undefined, "mine"],
    ["keeping both", "theirs, mine", "theirs, mine"],
  ])("%s writes it over theirs", async (_, merged, text) => {
    const scene = new Scene();
    scene.page.write("mine");
    scene.other("theirs");
    await rest();
    await scene.page.keep(merged);
    expect([scene.state, scene.text, scene.value]).toEqual(["saved", text, text]);
  });

  test("giving one's own up shows theirs and writes nothing", async () => {
    const scene = new Scene();
    scene.page.write("mine");
    scene.other("theirs");
    await rest();
    scene.page.drop();
    await rest();
    expect([scene.state, scene.value, scene.text, scene.kept.get()]).toEqual([
      "saved",
      "theirs",
      "theirs",
      null,
    ]);
  });

  test("with the same text, there is nothing to choose", async () => {
    const scene = new Scene();
    scene.page.write("same");
    scene.other("same");
    await rest();
    expect([scene.state, scene.version, scene.kept.get()]).toEqual(["saved", 2, null]);
  });

  test("with something else of the same version, one's own is saved over the new version", async () => {
    const scene = new Scene();
    scene.page.write("mine");
    scene.other();
    await rest();
    expect(scene.saves).toEqual([
      ["mine", 1],
      ["mine", 2],
    ]);
    expect([scene.state, scene.text]).toEqual(["saved", "mine"]);
  });

  test("a server that names no newer version is not asked without a pause", async () => {
    const scene = new Scene();
    scene.fails.push(CONFLICT);
    scene.page.write("mine");
    await rest();
    expect(scene.saves).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(AGAIN_MS);
    expect([scene.state, scene.saves.length]).toEqual(["saved", 2]);
  });

  test("theirs, heard while one writes, is a conflict before anything is sent", async () => {
    const scene = new Scene();
    scene.page.write("mine");
    scene.other("theirs");
    scene.hear();
    await rest();
    expect([scene.state, scene.saves]).toEqual(["conflict", []]);
  });
});

describe("an answer from the server", () => {
  test("from before a save does not take the save back", async () => {
    const scene = new Scene();
    const before = scene.stands();
    scene.page.write("a");
    await rest();
    scene.page.hear(before, true);
    expect([scene.state, scene.value]).toEqual(["saved", "a"]);
  });

  test("that has the text in another form, under the version one saved, is no conflict", async () => {
    const scene = new Scene();
    scene.page.write("A ");
    await rest();
    scene.page.write("A b");
    scene.page.hear({ value: "A", version: scene.version }, true);
    expect(scene.state).toBe("waiting");
  });

  test("shows at once where nobody writes", () => {
    const scene = new Scene();
    scene.other("theirs");
    scene.hear();
    expect(scene.page.snapshot()).toMatchObject({ state: "saved", value: "theirs" });
  });
});
