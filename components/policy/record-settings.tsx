"use client";

import { DateField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { GRADES } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS } from "@/lib/attribution/words";
import { isDay } from "@/lib/calendar";
import { NumberStepper } from "./number-stepper";
import type { SettingsProps } from "./settings";
import { useTyped } from "./typed";

/** What counts as evidence, and how soon it is written down. */
export function RecordSettings({ policy, onChange }: SettingsProps) {
  const { evidence, recordWithin } = policy;
  return (
    <>
      <div className="flex flex-col gap-1">
        <SegmentedControl
          label="The least evidence that counts"
          labelHidden={false}
          value={evidence}
          choices={GRADES.map((grade) => ({ value: grade, label: GRADE_WORDS[grade].label }))}
          onChange={(next) => onChange({ ...policy, evidence: next })}
        />
        <p className="text-pretty text-ink-3 text-xs">
          {evidence === "stated"
            ? "Everything counts that somebody recorded, one person's word as well."
            : `${GRADE_WORDS[evidence].definition} What is less puts its partner on the deal and earns nothing.`}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <NumberStepper
          label="Written down within"
          unit="days of when it happened"
          min={0}
          max={730}
          value={recordWithin.days}
          onChange={(days) => onChange({ ...policy, recordWithin: { ...recordWithin, days } })}
        />
        <SegmentedControl
          label="What is written down later"
          labelHidden={false}
          value={recordWithin.consequence}
          choices={[
            { value: "flag", label: "Goes to the log" },
            { value: "refuse", label: "Earns nothing" },
          ]}
          onChange={(consequence) => onChange({ ...policy, recordWithin: { ...recordWithin, consequence } })}
        />
      </div>
      <p className="-mt-2 text-pretty text-ink-3 text-xs">
        {recordWithin.consequence === "flag"
          ? "A later record counts, and two people look at it in the exceptions log."
          : "A later record counts for nothing, and is in the exceptions log."}
      </p>
    </>
  );
}

/** The first agreement alone: the day back to which it also judges closed deals. */
export function ReachBackSetting({ policy, onChange }: SettingsProps) {
  const { reachesBackTo } = policy;
  const [invalid, keep] = useTyped("Since");
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <SegmentedControl
          label="Deals closed before its first day"
          labelHidden={false}
          value={reachesBackTo === null && invalid === null ? "none" : "since"}
          choices={[
            { value: "none", label: "Are judged as before" },
            { value: "since", label: "Are judged by it since a day" },
          ]}
          onChange={(value) => {
            keep(value === "none" || reachesBackTo !== null ? null : "");
            if (value === "none") onChange({ ...policy, reachesBackTo: null });
          }}
        />
        {(reachesBackTo !== null || invalid !== null) && (
          <DateField
            label="Since"
            className="max-w-44"
            value={invalid ?? reachesBackTo ?? ""}
            problem={invalid === null ? null : "Not saved: name the day"}
            onChange={(day) => {
              keep(isDay(day) ? null : day);
              if (isDay(day)) onChange({ ...policy, reachesBackTo: day });
            }}
          />
        )}
      </div>
      <p className="text-pretty text-ink-3 text-xs">
        Only the first agreement reaches back, to a day that is signed with it. What closed before that stays
        under the unsigned preset, and every number that rests on it says so.
      </p>
    </div>
  );
}
