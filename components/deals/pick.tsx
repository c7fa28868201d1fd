"use client";

import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";

/** One of many by name, or any; what a filter's button opens. */
export function Pick({
  label,
  noun,
  items,
  value,
  onChange,
}: {
  label: string;
  noun: string;
  items: readonly { id: string; name: string; detail?: string }[];
  value: string | null;
  onChange(id: string | null): void;
}) {
  return (
    <div className="flex w-60 items-end gap-1 p-1">
      <ComboBox
        label={label}
        noun={noun}
        items={items}
        value={value}
        onChange={(id) => id !== null && onChange(id)}
        placeholder="Type a name"
        autoFocus
        className="flex-1"
      />
      {value !== null && (
        <Button size="small" look="quiet" className="mb-0.5" onPress={() => onChange(null)}>
          Any
        </Button>
      )}
    </div>
  );
}
