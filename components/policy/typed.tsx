"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

/** Texts of settings that are no valid setting, by name: each stays as typed until it is put right. */
interface Typed {
  texts: Readonly<Record<string, string>>;
  keep(name: string, text: string | null): void;
}

const TypedContext = createContext<Typed>({ texts: {}, keep: () => {} });

/** Holds what was typed into settings beside what they hold, so that another tab of the page does not lose it. */
export function TypedSettings({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const typed = useMemo<Typed>(
    () => ({
      texts,
      keep: (name, text) =>
        setTexts((now) => {
          const { [name]: _gone, ...rest } = now;
          return text === null ? rest : { ...rest, [name]: text };
        }),
    }),
    [texts],
  );
  return <TypedContext.Provider value={typed}>{children}</TypedContext.Provider>;
}

/** How many settings are not valid as typed; none of them is saved. */
export const useInvalidCount = () => Object.keys(useContext(TypedContext).texts).length;

/** What one setting shows where it is not valid: its text as typed, else null. */
export function useTyped(name: string): [string | null, (text: string | null) => void] {
  const { texts, keep } = useContext(TypedContext);
  return [texts[name] ?? null, (text) => keep(name, text)];
}
