"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { FileState, QueuedFile } from "./queue";

/**
 * The chosen files as they are shown, and as they are at this moment: work under way between two renders
 * must see what the last step left.
 */
export function useFiles() {
  const [files, setFiles] = useState<readonly QueuedFile[]>([]);
  const latest = useRef(files);
  const put = useCallback((next: readonly QueuedFile[]) => {
    latest.current = next;
    setFiles(next);
  }, []);
  const list = useMemo(() => {
    const change = (key: string, changes: Partial<QueuedFile>) =>
      put(latest.current.map((one) => (one.key === key ? { ...one, ...changes } : one)));
    return {
      now: () => latest.current,
      find: (key: string) => latest.current.find((one) => one.key === key),
      put,
      change,
      state: (key: string, state: FileState) => change(key, { state }),
    };
  }, [put]);
  return { files, list };
}

export type FileList = ReturnType<typeof useFiles>["list"];
