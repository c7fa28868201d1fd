"use client";

import { Toaster, toast } from "sonner";
import { problemOf } from "@/lib/api/client";
import { problemWords } from "./problem-words";

/** An inverse command may be given for this long after a write. */
export const UNDO_MS = 10_000;

/** Says that a write happened; with `undo`, offers to take it back for ten seconds. */
export function say(message: string, options: { detail?: string; undo?: () => void } = {}): void {
  toast(message, {
    description: options.detail,
    duration: options.undo ? UNDO_MS : 4000,
    ...(options.undo && { action: { label: "Undo", onClick: options.undo } }),
  });
}

/** Says plainly that something failed, and by which rule; stays until read. */
export function sayProblem(error: unknown): void {
  const { title, detail } = problemWords(problemOf(error));
  toast.error(title, { description: detail, duration: 12_000 });
}

export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      icons={{ error: null, success: null }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-3 rounded-lg bg-raised px-4 py-3 text-sm text-ink shadow-overlay [font-family:var(--font-sans)]",
          title: "font-medium",
          description: "mt-0.5 text-ink-2",
          content: "min-w-0 flex-1",
          error: "border-l-3 border-danger",
          actionButton:
            "shrink-0 rounded-md border border-line-strong px-2.5 py-1 text-xs font-medium text-ink hover:bg-hover",
        },
      }}
    />
  );
}
