"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { makeStale } from "@/components/shared/stale";
import { useZone } from "@/components/shared/use-me";
import { say } from "@/components/ui/toasts";
import { type Fix, inOrder } from "./queue";
import { type CutOff, landFixes, landWithFixes } from "./run-file";
import type { FileList } from "./use-files";

/** Lands what is checked, and goes on where an earlier landing was cut off, in the order of kinds. */
export function useLanding(list: FileList) {
  const queries = useQueryClient();
  const zone = useZone();
  const stopped = useRef(false);
  const [isLanding, setLanding] = useState(false);
  const land = useCallback(async () => {
    stopped.current = false;
    setLanding(true);
    try {
      for (const file of inOrder(list.now())) {
        const isCutOff = file.state.at === "refused" && file.state.report !== null;
        if (stopped.current || (file.state.at !== "checked" && !isCutOff)) continue;
        const onProgress = (done: number) => list.state(file.key, { at: "landing", done });
        onProgress(0);
        try {
          const report = await landWithFixes({ file, zone, isStopped: () => stopped.current, onProgress });
          list.state(file.key, { at: "landed", report });
        } catch (error) {
          const { reason, outcome } = error as CutOff;
          list.state(file.key, { at: "refused", reason, report: outcome });
        }
      }
    } finally {
      setLanding(false);
      await makeStale(queries, "importBatch");
    }
  }, [list, queries, zone]);
  /** Lands rows of a landed file that somebody wrote anew; the rest of it stays as it is. */
  const landAnew = useCallback(
    async (key: string, fixes: readonly Fix[]) => {
      const file = list.find(key);
      if (file?.state.at !== "landed") return;
      const { report } = file.state;
      try {
        const run = { file, zone, isStopped: () => false, onProgress: () => {} };
        list.state(key, { at: "landed", report: await landFixes(run, report, fixes, fixes.length) });
      } catch (error) {
        say(`${file.file.name}: the rows did not land`, { detail: (error as CutOff).reason });
      } finally {
        await makeStale(queries, "importBatch");
      }
    },
    [list, queries, zone],
  );
  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  return { isLanding, land, landAnew, stop };
}
