"use client";

import { useLayoutEffect } from "react";

/** Says on the page that its script listens from now on (early-press.ts); in the same turn as React begins to. */
export function Listens() {
  useLayoutEffect(() => {
    document.documentElement.dataset.listens = "";
  }, []);
  return null;
}
