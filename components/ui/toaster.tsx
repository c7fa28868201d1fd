"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { takeSpoken } from "./spoken";

/** Shows what was said; loaded at the first word. `turn` rises with each. */
export function Toaster({ turn }: { turn: number }) {
  // After the list of toasts below has begun to listen: a child's effects run first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the turn is what changes
  useEffect(() => {
    for (const { message, detail, undo, failed, ms } of takeSpoken())
      (failed ? toast.error : toast)(message, {
        description: detail,
        duration: ms,
        ...(undo && { action: { label: "Undo", onClick: undo } }),
      });
  }, [turn]);
  return (
    <Sonner
      position="bottom-right"
      // Above the foot of a list, which says what it comes to.
      offset={{ bottom: 56 }}
      mobileOffset={{ bottom: 56 }}
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
