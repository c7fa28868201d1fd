"use client";

import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";

/** Which quarter; one step to either side, or any that the company has deals in. */
export function QuarterPicker({
  quarters,
  quarter,
  current,
  onChange,
}: {
  /** Newest first. */
  quarters: readonly string[];
  quarter: string;
  /** The one that today lies in. */
  current: string | undefined;
  onChange(quarter: string): void;
}) {
  const all = quarters.includes(quarter) ? quarters : [quarter, ...quarters].sort().reverse();
  const at = all.indexOf(quarter);
  const newer = all[at - 1];
  const older = all[at + 1];
  return (
    <div className="flex items-center gap-0.5 print:hidden">
      <IconButton
        label={older ? `Quarter before: ${older}` : "No earlier quarter has deals"}
        icon="chevronLeft"
        isDisabled={!older}
        onPress={() => older && onChange(older)}
      />
      <Select
        label="Quarter"
        labelHidden
        className="w-36"
        value={quarter}
        choices={all.map((label) => ({
          value: label,
          label,
          ...(label === current && { note: "The quarter under way" }),
        }))}
        onChange={onChange}
      />
      <IconButton
        label={newer ? `Quarter after: ${newer}` : "No later quarter"}
        icon="chevronRight"
        isDisabled={!newer}
        onPress={() => newer && onChange(newer)}
      />
    </div>
  );
}
