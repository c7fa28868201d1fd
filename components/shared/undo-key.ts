"use client";

import { useEffect, useRef } from "react";
import { isBusy } from "@/components/ui/keys";
import { say } from "@/components/ui/toasts";
import { lastWrite, onceWritten } from "./last-write";
import { useUndo } from "./use-write";

/** ⌘Z or Ctrl+Z takes back one's last write, as its toast does; in a field and under a dialog it is the browser's. */
export function useUndoKey(): void {
  const takeBack = useUndo();
  const latest = useRef(takeBack);
  latest.current = takeBack;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const isUndo = (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;
      if (event.defaultPrevented || !isUndo || event.key.toLowerCase() !== "z" || isBusy(event)) return;
      event.preventDefault();
      onceWritten(() => {
        const last = lastWrite();
        if (last === null)
          say("Nothing to take back", { detail: "You wrote nothing here in the last ten minutes." });
        else if (last.inverse === null) say("This cannot be taken back", { detail: last.message });
        else void latest.current(last);
      });
    };
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, []);
}
