"use client";

import { ComboBox } from "@/components/ui/combo-box";
import type { ComboFieldProps } from "@/components/ui/combo-field";

/** Finds a partner by typing among the choices, the likeliest first. */
export function PartnerField({
  choices,
  ...field
}: {
  /** Undefined until they have come. */
  choices: ComboFieldProps["items"];
} & Pick<ComboFieldProps, "value" | "onChange" | "problem" | "opens" | "autoFocus" | "create">) {
  return <ComboBox label="Partner" noun="partner" items={choices} placeholder="Type a name" {...field} />;
}
