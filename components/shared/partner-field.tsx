"use client";

import { ComboBox } from "@/components/ui/combo-box";
import type { ComboFieldProps } from "@/components/ui/combo-field";
import { useShell } from "./shell-actions";
import { mayEver, useMe } from "./use-me";

/** Finds a partner by typing among the choices, the likeliest first; who may enters the one that the text names. */
export function PartnerField({
  choices,
  ...field
}: {
  /** Undefined until they have come. */
  choices: ComboFieldProps["items"];
} & Pick<ComboFieldProps, "value" | "onChange" | "problem" | "note" | "opens" | "autoFocus">) {
  const me = useMe();
  const { make } = useShell();
  const create = {
    label: (text: string) => `Add partner “${text}”`,
    make: (name: string) => make("partner", { name }),
  };
  return (
    <ComboBox
      label="Partner"
      noun="partner"
      items={choices}
      placeholder="Type a name"
      create={mayEver(me, "partner.edit") ? create : undefined}
      {...field}
    />
  );
}
