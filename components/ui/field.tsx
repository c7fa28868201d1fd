"use client";

import type { ReactNode, Ref } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input, type InputProps } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components/TextField";
import { classNames } from "./class-names";

/** What every form control shares, so that they line up. */
export const CONTROL =
  "h-8 w-full min-w-0 rounded-md border border-line-control bg-surface px-2.5 text-sm text-ink outline-none " +
  "transition-colors focus:border-accent focus:ring-2 focus:ring-accent/25 " +
  "data-[focus-within]:border-accent data-[focus-within]:ring-2 data-[focus-within]:ring-accent/25 " +
  "invalid:border-danger disabled:opacity-60";

export const FIELD_LABEL = "font-medium text-ink-2 text-xs";

export function FieldLabel({ children, hidden }: { children: ReactNode; hidden?: boolean }) {
  return <Label className={hidden ? "sr-only" : FIELD_LABEL}>{children}</Label>;
}

/** The note below a control; gives way to the problem when there is one. */
export function FieldNotes({ note, problem }: { note?: ReactNode; problem?: string | null }) {
  return (
    <>
      {note && !problem && (
        <Text slot="description" className="text-ink-3 text-xs">
          {note}
        </Text>
      )}
      <FieldError className="text-danger text-xs">{problem ?? undefined}</FieldError>
    </>
  );
}

export interface TextFieldProps extends Omit<AriaTextFieldProps, "children" | "className"> {
  label: string;
  /** Keeps the label for assistive technology only, where the place already says it. */
  labelHidden?: boolean;
  note?: ReactNode;
  /** The rule that was broken, in words; shows the field as invalid. */
  problem?: string | null;
  placeholder?: string;
  lines?: number;
  className?: string;
  inputClassName?: string;
  inputRef?: Ref<HTMLInputElement>;
  inputProps?: InputProps;
}

export function TextField({
  label,
  labelHidden,
  note,
  problem,
  placeholder,
  lines,
  className,
  inputClassName,
  inputRef,
  inputProps,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(problem) || rest.isInvalid}
      className={classNames("flex min-w-0 flex-col gap-1", className)}
    >
      <FieldLabel hidden={labelHidden}>{label}</FieldLabel>
      {lines ? (
        <TextArea
          rows={lines}
          placeholder={placeholder}
          className={classNames(CONTROL, "h-auto resize-y py-1.5", inputClassName)}
        />
      ) : (
        <Input
          {...inputProps}
          ref={inputRef}
          placeholder={placeholder}
          className={classNames(CONTROL, inputClassName)}
        />
      )}
      <FieldNotes note={note} problem={problem} />
    </AriaTextField>
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
