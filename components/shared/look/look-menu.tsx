"use client";

import { FilterMenu } from "@/components/ui/filter-menu";
import { onDemand } from "@/components/ui/on-demand";
import { type LookParams, lookAddress } from "./look-params";

const LookSheet = onDemand(() => import("./look-sheet").then((m) => m.LookSheet));

/** Narrows every number of the page, or shows it as of a past day; what it says is in the address. */
export function LookMenu({
  params,
  today,
  isNow = false,
  onChange,
}: {
  params: LookParams;
  today: string | undefined;
  /** No past day is asked of these. */
  isNow?: boolean;
  onChange(next: Partial<LookParams>): void;
}) {
  const set = Object.keys(lookAddress(params)).length;
  return (
    <FilterMenu label="Narrow" value={set > 0 ? `${set} set` : null}>
      <LookSheet params={params} today={today} isNow={isNow} onChange={onChange} />
    </FilterMenu>
  );
}
