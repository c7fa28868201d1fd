"use client";

import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { FIELD_LABEL } from "./field";

/** The label of a control that is react-aria's: it finds its control by context. */
export function FieldLabel({ children, hidden }: { children: ReactNode; hidden?: boolean }) {
  return <Label className={hidden ? "sr-only" : FIELD_LABEL}>{children}</Label>;
}

/** The note below such a control; gives way to the problem when there is one. */
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
