"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { Icon } from "@/components/ui/icon";

interface FactsInSight {
  cited: string | null;
  cite(factId: string): void;
  /** What people call a fact. */
  nameOf(factId: string): string;
}

const Context = createContext<FactsInSight | null>(null);

/** Where the element of a fact is found. */
export const factElement = (factId: string) => `fact-${factId}`;

/** Ties a verdict's facts to the timeline: citing one brings it into sight and marks it. */
export function FactsProvider({
  names,
  children,
}: {
  names: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  const [cited, setCited] = useState<string | null>(null);
  const cite = useCallback((factId: string) => {
    setCited(factId);
    requestAnimationFrame(() => {
      const element = document.getElementById(factElement(factId));
      element?.scrollIntoView({ block: "center", behavior: "smooth" });
      element?.focus({ preventScroll: true });
    });
  }, []);
  const value = useMemo(
    () => ({ cited, cite, nameOf: (id: string) => names[id] ?? id }),
    [cited, cite, names],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useFacts(): FactsInSight {
  const facts = useContext(Context);
  if (!facts) throw new Error("useFacts outside of a deal");
  return facts;
}

/** A fact behind a verdict; pressing it shows it in the timeline. */
export function FactLink({ factId }: { factId: string }) {
  const { cite, nameOf } = useFacts();
  return (
    <button
      type="button"
      onClick={() => cite(factId)}
      className="inline-flex max-w-full items-center gap-1 rounded-sm text-accent-ink text-xs underline decoration-line-control underline-offset-2 hover:decoration-current"
    >
      <Icon name="link" className="size-3" />
      <span className="truncate">{nameOf(factId)}</span>
    </button>
  );
}
