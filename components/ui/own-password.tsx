"use client";

import { TextField } from "./field";
import type { FormField } from "./use-form";

/** One's own password, asked again before what cannot be taken back. */
export function OwnPassword({ autoFocus = true, ...field }: FormField<string> & { autoFocus?: boolean }) {
  return (
    <TextField
      label="Your own password"
      type="password"
      autoComplete="current-password"
      autoFocus={autoFocus}
      isRequired
      className="max-w-72"
      {...field}
    />
  );
}
