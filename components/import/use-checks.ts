"use client";

import { useMemo, useRef } from "react";
import { useZone } from "@/components/shared/use-me";
import { inOrder } from "./queue";
import { Coming, type CutOff, checkFile } from "./run-file";
import type { FileList } from "./use-files";

/**
 * Checks every file that is ready, in the order of kinds. It begins again whenever a file joins or leaves,
 * for rows may wait for it; an older pass ends at its next batch.
 */
export function useChecks(list: FileList) {
  const pass = useRef(0);
  const zone = useZone();
  return useMemo(() => {
    const check = async () => {
      const mine = ++pass.current;
      const isStale = () => pass.current !== mine;
      for (const { key, state } of list.now())
        if (state.at === "checked" || state.at === "checking") list.state(key, { at: "ready" });
      const coming = new Coming();
      for (const { key } of inOrder(list.now())) {
        const file = list.find(key);
        if (file?.state.at !== "ready") continue;
        const onProgress = (done: number) => !isStale() && list.state(key, { at: "checking", done });
        onProgress(0);
        try {
          const preview = await checkFile({ file, zone, isStopped: isStale, onProgress }, coming);
          if (isStale()) return;
          list.state(key, { at: "checked", preview });
        } catch (error) {
          if (isStale()) return;
          list.state(key, { at: "refused", reason: (error as CutOff).reason ?? String(error), report: null });
        }
      }
    };
    /** Ends the pass under way and begins none. */
    const stop = () => {
      pass.current++;
    };
    return { check, stop };
  }, [list, zone]);
}
