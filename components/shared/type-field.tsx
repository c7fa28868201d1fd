"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ComboBox } from "@/components/ui/combo-box";
import { api, type Outputs } from "@/lib/api/client";
import { lateness } from "./recent";

export type MenuType = Outputs["activityMenu"]["types"][number];

/** The activity menu of the policy in force; it changes with the policy only. */
export function useActivityMenu(): readonly MenuType[] | undefined {
  return useQuery({ ...api.activityMenu.queryOptions({ input: {} }), staleTime: 600_000 }).data?.types;
}

/** What a partner did, found by typing; what one logged last comes first, then what usually belongs to the deal's stage. */
export function TypeField({
  menu,
  stage,
  value,
  onChange,
  problem,
  opens,
  autoFocus,
}: {
  menu: readonly MenuType[] | undefined;
  stage: number | undefined;
  value: string | null;
  onChange(type: string | null): void;
  problem?: string | null;
  opens?: "focus" | "input";
  autoFocus?: boolean;
}) {
  const items = useMemo(
    () =>
      menu &&
      [...menu]
        .sort((a, b) => usual(b, stage) - usual(a, stage) || Number(b.motion) - Number(a.motion))
        .sort(byLateness())
        .map((one) => ({
          id: one.type,
          name: one.label,
          detail: one.motion ? "named motion" : one.offered ? undefined : "from the library",
          unlisted: !one.offered,
        })),
    [menu, stage],
  );
  const chosen = menu?.find((one) => one.type === value);
  return (
    <ComboBox
      label="What happened"
      items={items}
      value={value}
      onChange={onChange}
      note={chosen?.definition}
      problem={problem}
      placeholder="Joint discovery, demo…"
      noun="activity"
      opens={opens}
      autoFocus={autoFocus}
    />
  );
}

function byLateness() {
  const late = lateness("activities");
  return (a: MenuType, b: MenuType) => late(a.type) - late(b.type);
}

function usual({ stages }: MenuType, stage: number | undefined): number {
  return stage !== undefined && (stages as readonly number[]).includes(stage) ? 1 : 0;
}
