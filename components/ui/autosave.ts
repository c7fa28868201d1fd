import { problemOf } from "@/lib/api/problem-of";
import type { BrowserStore } from "./browser-store";

/** What somebody wrote and the server does not have yet, and what it was written over. */
export interface Kept<Value> {
  value: Value;
  over: Value;
}

/** What the server has, and the version by which it knows it. Versions only grow. */
export interface Stands<Value> {
  value: Value;
  version: number;
}

/**
 * `saved`: the server has what is shown. `waiting`: kept in this browser, saved when the hands rest.
 * `saving`: on its way. `failed`: the server refused it or did not answer; the latter is tried again.
 * `conflict`: somebody else saved another value meanwhile; both stand, and somebody chooses.
 */
export type SaveState = "saved" | "waiting" | "saving" | "failed" | "conflict";

export interface AutosaveView<Value> {
  /** What is shown and written on: one's own, else the server's. */
  value: Value;
  /** What the server has. */
  stands: Value;
  state: SaveState;
  /** Why saving failed; null while it has not. */
  error: unknown;
}

export interface AutosavePort<Value> {
  kept: BrowserStore<Kept<Value> | null>;
  /** Writes it over that version; answers the version it has then. Fails as the client does. */
  save(value: Value, version: number): Promise<number>;
  /** Asks what stands now, after somebody else was first. */
  refresh(): Promise<Stands<Value>>;
  same(one: Value, other: Value): boolean;
}

/** Writing rests for this long before it is saved. */
export const REST_MS = 600;
/** How long after a server that did not answer it is asked again. */
export const AGAIN_MS = 3000;

/**
 * A value that saves itself while one writes: kept in this browser from the first stroke until the server
 * has it, saved when the hands rest, one save at a time and the newest last. A conflict is what differs
 * from the value that was written over; a version that only something else moved is no conflict.
 */
export class Autosave<Value> {
  private view: AutosaveView<Value>;
  private phase: "resting" | "saving" | "failed" = "resting";
  private error: unknown = null;
  private underWay: Promise<boolean> | null = null;
  /** What was sent last: found on the server, it is one's own, whether its answer came or not. */
  private sent: { value: Value; version: number | null } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private maySave = false;
  private isKept = true;
  private readonly listeners = new Set<() => void>();

  constructor(
    /** Replaced after every drawing: its functions close over what is drawn. */
    public port: AutosavePort<Value>,
    private stands: Stands<Value>,
  ) {
    this.view = this.look();
  }

  readonly snapshot = (): AutosaveView<Value> => this.view;

  readonly subscribe = (heard: () => void): (() => void) => {
    this.listeners.add(heard);
    const stop = this.port.kept.subscribe(() => this.changed());
    this.changed();
    return () => {
      this.listeners.delete(heard);
      stop();
    };
  };

  /** What the server has, as an answer tells it, and whether anything can be saved now. */
  hear({ value, version }: Stands<Value>, maySave: boolean): void {
    const { kept, same } = this.port;
    const couldSave = this.maySave && this.view.state !== "conflict";
    this.maySave = maySave;
    // An answer under way from before a save tells less than the save did.
    if (version >= this.stands.version)
      this.stands = { value: same(value, this.stands.value) ? this.stands.value : value, version };
    const own = kept.get();
    const stands = this.stands.value;
    if (own && same(own.value, stands)) kept.set(null);
    else if (own && this.isOwn()) kept.set({ value: own.value, over: stands });
    this.changed();
    if (!couldSave) this.soon();
  }

  write(value: Value): void {
    const { kept, same } = this.port;
    const stands = this.stands.value;
    if (this.phase === "failed") this.become("resting");
    this.keepOwn(same(value, stands) ? null : { value, over: kept.get()?.over ?? stands });
    this.soon();
  }

  /** Keeps one's own, or `value` in its place, now knowingly over what the server has. */
  keep(value: Value | undefined): Promise<boolean> {
    this.keepOwn({ value: value ?? this.view.value, over: this.stands.value });
    return this.flush();
  }

  /** Gives one's own up for what the server has. */
  drop(): void {
    clearTimeout(this.timer);
    this.phase = "resting";
    this.error = null;
    this.keepOwn(null);
  }

  /** Saves at once what waits; whether the server has everything then. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    // What is on its way first: the newest must be written last.
    await this.underWay;
    if (this.view.state === "saved") return true;
    if (this.view.state === "conflict" || !this.maySave) return false;
    this.underWay ??= this.send().finally(() => {
      this.underWay = null;
    });
    return this.underWay;
  }

  /** Whether leaving the page would lose something: it is neither saved nor kept. */
  isAtRisk(): boolean {
    return this.view.state !== "saved" && !this.isKept;
  }

  private async send(): Promise<boolean> {
    const { kept, save, same } = this.port;
    const own = kept.get();
    if (!own) return true;
    this.sent = { value: own.value, version: null };
    this.become("saving");
    try {
      const version = await save(own.value, this.stands.version);
      this.stands = { value: own.value, version };
      this.sent.version = version;
    } catch (error) {
      return this.failed(error);
    }
    // What was written while it was on its way stays, over what the server has now.
    const now = kept.get();
    const isNewer = now !== null && !same(now.value, own.value);
    this.become("resting");
    this.keepOwn(isNewer ? { value: now.value, over: own.value } : null);
    this.soon();
    return !isNewer;
  }

  private async failed(error: unknown): Promise<boolean> {
    const { code } = problemOf(error);
    if (code !== "conflict") {
      this.become("failed", error);
      if (code === "unavailable") this.soon(AGAIN_MS);
      return false;
    }
    const refused = this.stands.version;
    try {
      const fresh = await this.port.refresh();
      this.become("resting");
      this.hear(fresh, this.maySave);
    } catch (unanswered) {
      return this.failed(unanswered);
    }
    // Only something else had moved the version: the same value over the new one.
    if (this.view.state === "waiting" && this.stands.version > refused) return this.send();
    this.soon(AGAIN_MS);
    return this.view.state === "saved";
  }

  /** Whether what stands is what was sent: by its version, in whatever form the server keeps it, or as it is. */
  private isOwn(): boolean {
    const { sent, stands } = this;
    return sent !== null && (sent.version === stands.version || this.port.same(sent.value, stands.value));
  }

  private soon(ms = REST_MS): void {
    clearTimeout(this.timer);
    const { state } = this.view;
    // Where nobody looks any more, what is kept waits for the next time somebody does.
    if (state === "saved" || state === "conflict" || !this.maySave || this.listeners.size === 0) return;
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private keepOwn(own: Kept<Value> | null): void {
    this.isKept = this.port.kept.set(own);
    this.changed();
  }

  private become(phase: typeof this.phase, error: unknown = null): void {
    this.phase = phase;
    this.error = error;
    this.changed();
  }

  private changed(): void {
    const next = this.look();
    const { view } = this;
    const isSame = (Object.keys(next) as (keyof typeof next)[]).every((name) => next[name] === view[name]);
    if (isSame) return;
    this.view = next;
    for (const heard of this.listeners) heard();
  }

  private look(): AutosaveView<Value> {
    const kept = this.port.kept.get();
    const stands = this.stands.value;
    return {
      value: kept?.value ?? stands,
      stands,
      state: this.stateOf(kept),
      error: kept ? this.error : null,
    };
  }

  private stateOf(kept: Kept<Value> | null): SaveState {
    if (!kept || this.port.same(kept.value, this.stands.value)) return "saved";
    if (!this.port.same(kept.over, this.stands.value)) return "conflict";
    return this.phase === "resting" ? "waiting" : this.phase;
  }
}
