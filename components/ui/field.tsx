"use client";

import { type ComponentProps, type ReactNode, type Ref, useId } from "react";
import { classNames } from "./class-names";

/** What every form control shares, so that they line up. */
export const CONTROL =
  "h-8 w-full min-w-0 pointer-coarse:h-10 rounded-md border border-line-control bg-surface px-2.5 text-sm text-ink outline-none " +
  "transition-colors focus:border-accent focus:ring-2 focus:ring-accent/25 " +
  "data-[focus-within]:border-accent data-[focus-within]:ring-2 data-[focus-within]:ring-accent/25 " +
  "data-invalid:border-danger aria-[invalid=true]:border-danger disabled:opacity-60";

export const FIELD_LABEL = "font-medium text-ink-2 text-xs";

type Native = ComponentProps<"input">;

export interface TextFieldProps
  extends Pick<
    Native,
    | "type"
    | "name"
    | "autoComplete"
    | "autoFocus"
    | "maxLength"
    | "minLength"
    | "onFocus"
    | "onBlur"
    | "aria-describedby"
  > {
  label: string;
  value?: string;
  onChange?(value: string): void;
  /** Keeps the label for assistive technology only, where the place already says it. */
  labelHidden?: boolean;
  note?: ReactNode;
  /** The rule that was broken, in words; shows the field as invalid. */
  problem?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  placeholder?: string;
  lines?: number;
  className?: string;
  inputClassName?: string;
  inputRef?: Ref<HTMLInputElement>;
  inputProps?: Native;
}

export function TextField({
  label,
  labelHidden,
  note,
  problem,
  isRequired,
  isDisabled,
  isReadOnly,
  lines,
  className,
  inputClassName,
  inputRef,
  inputProps,
  onChange,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const says = problem || note ? `${id}-says` : undefined;
  const shared = {
    id,
    required: isRequired,
    disabled: isDisabled,
    readOnly: isReadOnly,
    "aria-invalid": problem ? true : undefined,
    onChange: (event: { target: { value: string } }) => onChange?.(event.target.value),
  };
  const describedBy = [says, rest["aria-describedby"]].filter(Boolean).join(" ") || undefined;
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : FIELD_LABEL}>
        {label}
      </label>
      {lines ? (
        <textarea
          {...(rest as ComponentProps<"textarea">)}
          {...shared}
          aria-describedby={describedBy}
          rows={lines}
          className={classNames(CONTROL, "h-auto resize-y py-1.5", inputClassName)}
        />
      ) : (
        <input
          {...rest}
          {...inputProps}
          {...shared}
          aria-describedby={describedBy}
          ref={inputRef}
          className={classNames(CONTROL, inputClassName)}
        />
      )}
      {says && (
        <span id={says} className={classNames("text-xs", problem ? "text-danger" : "text-ink-3")}>
          {problem || note}
        </span>
      )}
    </div>
  );
}

/**
 * A calendar day, `YYYY-MM-DD` in and out. The browser's own control: keyboard, locale, picker and
 * touch come with it, and not a byte of script.
 */
export function DateField({
  min,
  max,
  inputProps,
  ...rest
}: Omit<TextFieldProps, "type" | "lines"> & { min?: string; max?: string }) {
  return (
    <TextField
      {...rest}
      type="date"
      inputProps={{ ...inputProps, min, max }}
      inputClassName={classNames("tabular", rest.inputClassName)}
    />
  );
}
