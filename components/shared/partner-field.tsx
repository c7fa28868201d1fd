"use client";

import { useEffect, useState } from "react";
import { ComboBox } from "@/components/ui/combo-box";
import type { Found } from "@/components/ui/combo-field";

/** Finds a partner by typing among the choices, the likeliest first. */
export function PartnerField({
  choices,
  value,
  onChange,
  problem,
  onTyped,
  opens,
  autoFocus,
}: {
  choices: readonly Found[];
  value: string | null;
  onChange(partnerId: string | null): void;
  problem?: string | null;
  /** Somebody types: a prefill that comes now would come too late. */
  onTyped?(): void;
  opens?: "focus" | "input";
  autoFocus?: boolean;
}) {
  const name = choices.find((choice) => choice.id === value)?.name;
  const [text, setText] = useState(name ?? "");
  // What is chosen for one, by a prefill, shows like what one chose.
  useEffect(() => {
    if (name !== undefined) setText(name);
  }, [name]);
  const wanted = text.trim().toLowerCase();
  const items =
    text === name ? choices : choices.filter((choice) => choice.name.toLowerCase().includes(wanted));
  return (
    <ComboBox
      label="Partner"
      items={items}
      value={value}
      onChange={(id) => {
        // With the choice, in one render: a text that follows later would open the list again.
        setText(choices.find((choice) => choice.id === id)?.name ?? "");
        onChange(id);
      }}
      text={text}
      onSearch={(typed) => {
        setText(typed);
        if (typed === "" && value !== null) onChange(null);
        else if (typed !== name) onTyped?.();
      }}
      opens={opens}
      problem={problem}
      placeholder="Type a name"
      empty="No partner by that name"
      autoFocus={autoFocus}
    />
  );
}
