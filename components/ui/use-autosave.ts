"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Autosave, type AutosavePort, type AutosaveView, type Kept, type Stands } from "./autosave";
import { type BrowserStore, browserStore } from "./browser-store";
import { useOnline } from "./use-online";

export interface Autosaved<Value> extends AutosaveView<Value> {
  write(value: Value): void;
  /** Saves at once; whether the server has everything then. */
  flush(): Promise<boolean>;
  /** Keeps one's own, or `value` in its place, now knowingly over what the server has. */
  keep(value?: Value): void;
  /** Gives one's own up for what the server has. */
  drop(): void;
}

/** Where this browser keeps a value under way; `isValue` tells one from what somebody else left there. */
function keptStore<Value>(
  name: string,
  isValue: (stored: unknown) => boolean,
): BrowserStore<Kept<Value> | null> {
  return browserStore<Kept<Value> | null>(`draft.${name}`, null, (stored) => {
    const kept = stored as Partial<Kept<Value>> | null;
    return kept && isValue(kept.value) && isValue(kept.over) ? (kept as Kept<Value>) : undefined;
  });
}

/** A value that saves itself while one writes, as `Autosave` says; `name` names it in this browser. */
export function useAutosave<Value>({
  name,
  isValue,
  stands,
  maySave = true,
  ...port
}: Omit<AutosavePort<Value>, "kept"> & {
  name: string;
  isValue(stored: unknown): boolean;
  stands: Stands<Value>;
  maySave?: boolean;
}): Autosaved<Value> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a name is a value of its own; the rest is told it below
  const autosave = useMemo(
    () => new Autosave({ ...port, kept: keptStore<Value>(name, isValue) }, stands),
    [name],
  );
  const fromServer = { value: stands.value, stands: stands.value, state: "saved" as const, error: null };
  const view = useSyncExternalStore(autosave.subscribe, autosave.snapshot, () => fromServer);
  const online = useOnline();
  const { value, version } = stands;
  useEffect(() => {
    autosave.port = { ...port, kept: autosave.port.kept };
  });
  useEffect(
    () => autosave.hear({ value, version }, maySave && online),
    [autosave, value, version, maySave, online],
  );
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => autosave.isAtRisk() && event.preventDefault();
    window.addEventListener("beforeunload", leaving);
    return () => {
      window.removeEventListener("beforeunload", leaving);
      // Going to another page is no reason to wait for the hands to rest.
      void autosave.flush();
    };
  }, [autosave]);
  return {
    ...view,
    write: (next) => autosave.write(next),
    flush: () => autosave.flush(),
    keep: (next) => void autosave.keep(next),
    drop: () => autosave.drop(),
  };
}
