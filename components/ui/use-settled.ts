"use client";

import { useEffect, useState } from "react";

/** How long nobody types before a question is worth asking. */
const SETTLES_MS = 200;

/** What was filled in once it has stood for a moment, so that a server is not asked at each letter. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const told = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value that says the same has not changed
  useEffect(() => {
    if (JSON.stringify(settled) === told) return;
    const timer = setTimeout(() => setSettled(value), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return settled;
}
