"use client";

import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

/** Enter saves, Shift Enter is a new line, Escape goes back. */
export function FormFrame({
  box,
  title,
  note,
  label,
  onSave,
  onClose,
  saving,
  ready,
  children,
}: {
  box: RefObject<HTMLFormElement | null>;
  title: string;
  note: string;
  label: string;
  onSave(): void;
  onClose(): void;
  saving: boolean;
  ready: boolean;
  children: ReactNode;
}) {
  return (
    <form
      ref={box}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        const field = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
        if (event.key === "Escape") onClose();
        else if (event.key === "Enter" && field && !event.shiftKey && !event.nativeEvent.isComposing)
          onSave();
        else return;
        event.preventDefault();
      }}
      className="flex flex-col gap-2.5"
    >
      <p>
        <span className="font-semibold">{title}.</span> <span className="text-ink-2">{note}</span>
      </p>
      {children}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto hidden text-ink-3 text-xs sm:inline">
          <Kbd keys="Enter" /> saves, <Kbd keys="Esc" /> goes back
        </span>
        <Button onPress={onClose}>Back</Button>
        <Button type="submit" look="primary" isPending={saving} isDisabled={!ready}>
          {label}
        </Button>
      </div>
    </form>
  );
}

/** Puts the focus into a part that has just appeared because somebody asked for it. */
export function useFocusInside<E extends HTMLElement>(selector: string) {
  const box = useRef<E>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>(selector)?.focus(), [selector]);
  return box;
}
