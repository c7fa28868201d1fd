"use client";

import { SegmentedControl } from "@/components/ui/segmented-control";
import { testsOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import { ModelChoice } from "./model-choice";
import { NumberStepper } from "./number-stepper";
import type { SettingsProps } from "./settings";

/** Which outcomes there are, what each needs, and what is divided by what. */
export function BucketsSettings({ policy, onChange }: SettingsProps) {
  const set = (change: Partial<Policy>) => onChange({ ...policy, ...change });
  const asks = new Set(testsOf(policy.model));
  return (
    <>
      <ModelChoice policy={policy} onChange={onChange} />
      {policy.model === "two_bucket" && (
        <SegmentedControl
          label="Documented help after the influence gate"
          labelHidden={false}
          value={policy.assisted ? "assisted" : "none"}
          choices={[
            { value: "none", label: "No bucket" },
            { value: "assisted", label: "Assisted" },
          ]}
          onChange={(value) => set({ assisted: value === "assisted" })}
        />
      )}
      {asks.has("co_sell") && (
        <NumberStepper
          label="Co-sell needs at least"
          unit="documented activities in the selling stages"
          min={1}
          max={20}
          value={policy.coSellMinimum}
          onChange={(coSellMinimum) => set({ coSellMinimum })}
        />
      )}
      {asks.has("accelerated") && (
        <NumberStepper
          label="Accelerated needs a deal to close at least"
          unit="% faster than comparable direct deals"
          min={0}
          max={100}
          step={5}
          value={Math.round(policy.accelerationMinimum * 100)}
          onChange={(percent) => set({ accelerationMinimum: percent / 100 })}
        />
      )}
      <Window
        days={policy.influenceWindowDays}
        onChange={(influenceWindowDays) => set({ influenceWindowDays })}
      />
      <SegmentedControl
        label="Program cost is divided by won amount that is"
        labelHidden={false}
        value={policy.costDenominator}
        choices={[
          { value: "attributed", label: "Sourced or influenced" },
          { value: "sourced", label: "Sourced only" },
        ]}
        onChange={(costDenominator) => set({ costDenominator })}
      />
    </>
  );
}

function Window({ days, onChange }: { days: number | null; onChange(days: number | null): void }) {
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <SegmentedControl
        label="An activity counts"
        labelHidden={false}
        value={days === null ? "any" : "window"}
        choices={[
          { value: "any", label: "At any time" },
          { value: "window", label: "Only near the close" },
        ]}
        onChange={(value) => onChange(value === "any" ? null : (days ?? 60))}
      />
      {days !== null && (
        <NumberStepper
          label="Days before the close"
          labelHidden
          unit="days"
          min={0}
          max={730}
          step={5}
          value={days}
          onChange={onChange}
        />
      )}
    </div>
  );
}
