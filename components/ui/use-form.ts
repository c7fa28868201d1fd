"use client";

import { useState } from "react";
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type PathValue,
  type ResolverResult,
  type UseFormHandleSubmit,
  useForm as useHookForm,
} from "react-hook-form";
import { problemOf } from "@/lib/api/problem-of";
import type { Submitted } from "./form";
import { ruleWords } from "./problem-words";

/** A write as `useWrite` gives it, or whatever takes what was filled in. */
export interface Sending<Sent> {
  mutate(sent: Sent, told?: { onError(error: unknown): void }): void;
  isPending: boolean;
  error: unknown;
}

/** What a field of `ui/` needs to be one of the form's: spread it into the field. */
export interface FormField<Value> {
  value: Value;
  onChange(value: Value): void;
  problem: string | null;
}

export interface FormOptions<Values extends FieldValues, Sent> {
  /** What stands in the fields at first; read once. */
  start: Values;
  /** What is sent, in the shape the write takes; null while something is missing that has no words of its own. */
  sent(values: Values): Sent | null;
  write: Sending<Sent>;
  /** Whether it changes what stands: there is nothing to save then before something is another. */
  edits?: boolean;
  /** What the page itself can say is wrong, by field, once somebody tried to save. */
  check?(values: Values): Partial<Record<keyof Values, string | null>>;
}

export interface FormOf<Values extends FieldValues> extends Submitted {
  values: Values;
  /** Binds a field that is shown by its name; a rule that the server names for it then stands below it. */
  field<Name extends keyof Values & string>(name: Name): FormField<Values[Name]>;
  set(changes: Partial<Values>): void;
  /** Begins anew with these values, nothing tried yet. */
  restart(values: Values): void;
}

/**
 * What is filled in, what is wrong with it and how it is sent, over react-hook-form. Rules are the
 * contract's own: the server parses with its zod schemas and answers a Problem with the field's name,
 * which is put to that field here. The schemas do not come to the browser, where they would weigh 26 kB.
 */
export function useForm<Values extends FieldValues, Sent>({
  start,
  sent,
  write,
  edits = false,
  check,
}: FormOptions<Values, Sent>): FormOf<Values> {
  const form = useHookForm<Values>({
    defaultValues: start as DefaultValues<Values>,
    shouldFocusError: false,
    resolver: (values) => resolved(values, check),
  });
  const { errors, isDirty, isSubmitted } = form.formState;
  const [failures, setFailures] = useState(0);
  const values = form.watch();
  const shown = new Set<string>();
  /** What would be sent; null while there is nothing to send. */
  const sendable = (filled: Values) => (edits && !isDirty ? null : sent(filled));

  const put = (name: keyof Values & string, value: unknown) => {
    const path = name as unknown as Path<Values>;
    form.setValue(path, value as PathValue<Values, Path<Values>>, { shouldDirty: true });
    // What was said about it was said about what stood there before.
    if (isSubmitted) void form.trigger(path);
  };
  const refused = (error: unknown) => {
    const { field, rule } = problemOf(error);
    const name = lastOf(field);
    if (name in form.getValues())
      form.setError(name as unknown as Path<Values>, { type: "server", message: ruleWords(rule) });
    setFailures((so) => so + 1);
  };

  return {
    values,
    field: (name) => {
      shown.add(form.register(name as unknown as Path<Values>).name);
      const error = errors[name as unknown as keyof typeof errors] as { message?: string } | undefined;
      return {
        value: values[name],
        onChange: (value) => put(name, value),
        problem: error?.message ?? null,
      };
    },
    set: (changes) => {
      for (const [name, value] of Object.entries(changes)) put(name as keyof Values & string, value);
    },
    restart: (next) => form.reset(next as DefaultValues<Values>),
    ready: sendable(values) !== null,
    isPending: write.isPending,
    isDirty,
    unplaced: () => {
      if (!write.error) return null;
      return shown.has(lastOf(problemOf(write.error).field)) ? null : write.error;
    },
    failures,
    submit: async () => {
      if (!(await passes(form.handleSubmit))) {
        setFailures((so) => so + 1);
        return;
      }
      const input = sendable(form.getValues());
      if (input !== null && !write.isPending) write.mutate(input, { onError: refused });
    },
  };
}

/** Whether the page's own check finds nothing wrong; what it finds is put to the fields. */
async function passes<Values extends FieldValues>(
  handleSubmit: UseFormHandleSubmit<Values>,
): Promise<boolean> {
  let isRight = false;
  await handleSubmit(() => {
    isRight = true;
  })();
  return isRight;
}

/** What the page's own check says, in the shape react-hook-form takes. */
function resolved<Values extends FieldValues>(
  values: Values,
  check: FormOptions<Values, unknown>["check"],
): ResolverResult<Values> {
  const errors = Object.entries<string | null | undefined>(check?.(values) ?? {}).flatMap(
    ([name, message]) => (message ? [[name, { type: "check", message }]] : []),
  );
  return errors.length > 0 ? { values: {}, errors: Object.fromEntries(errors) } : { values, errors: {} };
}

/** `changes.touchedOn` is the field `touchedOn` of a form. */
const lastOf = (path: string) => path.split(".").at(-1) ?? "";
