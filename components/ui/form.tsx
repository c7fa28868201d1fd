"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { ProblemLine } from "./error-state";

/** What a form's frame must know of it; `useForm` makes one, and so may a page whose one text is kept elsewhere. */
export interface Submitted {
  /** Whether it can be sent as it stands. */
  ready: boolean;
  isPending: boolean;
  /** Whether anything was changed since it began. */
  isDirty: boolean;
  /** Why it was not saved, unless a field that is shown says so; null when nothing failed. Asked last. */
  unplaced(): unknown;
  /** How often saving failed; the focus then goes to the first wrong field. */
  failures: number;
  submit(): void;
}

export interface FormProps {
  form: Pick<Submitted, "failures" | "submit" | "unplaced">;
  id?: string;
  label?: string;
  className?: string;
  onKeyDownCapture?(event: KeyboardEvent<HTMLFormElement>): void;
  onKeyDown?(event: KeyboardEvent<HTMLFormElement>): void;
  /** How what stands at no field is told; a line that names the rule when absent. */
  problem?(error: unknown): ReactNode;
  children: ReactNode;
  /** Below the fields and what is wrong with them. */
  foot?: ReactNode;
}

const inLine = (error: unknown) => <ProblemLine error={error} />;

/**
 * The fields of one form: Enter in a field submits, ⌘ Enter from anywhere; when something is wrong the
 * focus goes to the first field that says so. What is wrong with no field stands below them all.
 */
export function Form({
  form,
  id,
  label,
  className = "flex flex-col gap-3.5",
  onKeyDownCapture,
  onKeyDown,
  problem = inLine,
  children,
  foot,
}: FormProps) {
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.failures > 0) box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [form.failures]);
  return (
    <form
      ref={box}
      id={id}
      aria-label={label}
      // What a field must be, the server and the form say in words; the browser's bubbles would say it first.
      noValidate
      className={className}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.defaultPrevented || event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        // A text that nothing was chosen by would be lost in what is sent; its field says what is wrong with it.
        const unsettled = event.currentTarget.querySelector<HTMLElement>("[data-unsettled]");
        if (unsettled) unsettled.focus();
        else form.submit();
      }}
    >
      {children}
      <Unplaced form={form} problem={problem} />
      {foot}
    </form>
  );
}

/** A component of its own, so that it is drawn when every field before it is known. */
function Unplaced({ form, problem }: Required<Pick<FormProps, "form" | "problem">>) {
  const error = form.unplaced();
  return error ? problem(error) : null;
}
