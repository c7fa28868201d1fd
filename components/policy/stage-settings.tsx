"use client";

import { OUTCOME_COLOURS } from "@/components/shared/outcome-badge";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Policy } from "@/lib/attribution/policy";
import { NumberStepper } from "./number-stepper";
import { hasMotions, type SettingsProps } from "./settings";
import { StageGate } from "./stage-gate";
import { ThresholdsField } from "./thresholds-field";

/** Up to which stage something counts, and what a partner owes while a deal is open. */
export function StageSettings({ policy, currency, onChange }: SettingsProps & { currency: string }) {
  const set = (change: Partial<Policy>) => onChange({ ...policy, ...change });
  return (
    <>
      <StageGate
        label="Sourced: the first touch is at stage … or earlier"
        note="The origin's row or registration must be this early."
        colour={OUTCOME_COLOURS.sourced}
        value={policy.sourcedAtOrBefore}
        passes={(stage) => stage <= policy.sourcedAtOrBefore}
        allowed={(stage) => stage < policy.influencedBefore}
        onChange={(sourcedAtOrBefore) => set({ sourcedAtOrBefore })}
      />
      {hasMotions(policy) && (
        <StageGate
          label="Influenced: the motion is before stage …"
          note="From this stage on, help is late. It stays above the gate for sourced."
          colour={OUTCOME_COLOURS.influenced}
          value={policy.influencedBefore}
          passes={(stage) => stage < policy.influencedBefore}
          allowed={(stage) => stage > policy.sourcedAtOrBefore}
          onChange={(influencedBefore) => set({ influencedBefore })}
        />
      )}
      <div>
        <h3 className="font-medium">Update duty of sourced deals</h3>
        <UpdateDuty
          updates={policy.updates}
          currency={currency}
          onChange={(change) => set({ updates: { ...policy.updates, ...change } })}
        />
      </div>
    </>
  );
}

function UpdateDuty({
  updates,
  currency,
  onChange,
}: {
  updates: Policy["updates"];
  currency: string;
  onChange(change: Partial<Policy["updates"]>): void;
}) {
  return (
    <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-3">
      <ThresholdsField currency={currency} value={updates.above} onChange={(above) => onChange({ above })} />
      <NumberStepper
        label="The partner owes"
        unit="activities a month"
        min={1}
        max={31}
        value={updates.perMonth}
        onChange={(perMonth) => onChange({ perMonth })}
      />
      <SegmentedControl
        label="A month that falls short"
        labelHidden={false}
        value={updates.consequence}
        choices={[
          { value: "flag", label: "Is noted" },
          { value: "dispute", label: "Withholds sourced" },
        ]}
        onChange={(consequence) => onChange({ consequence })}
      />
    </div>
  );
}
