"use client";

import { Term } from "@/components/shared/term";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { testsOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import { BucketsSettings } from "./buckets-settings";
import { MotionPicker } from "./motion-picker";
import { ProgramsField } from "./programs-field";
import { ReachBackSetting, RecordSettings } from "./record-settings";
import { hasMotions, type SettingsProps } from "./settings";
import { StageSettings } from "./stage-settings";

const STACK = "flex flex-col gap-4";

/**
 * What a draft decides, in the order of its memo. A setting that its model never asks for is not shown;
 * its value stays in the document for the model that does.
 */
export function SettingsPane({
  policy,
  currency,
  first,
  onChange,
}: SettingsProps & {
  /** The reporting currency. */
  currency: string;
  /** Nothing was ever signed: this may be the first agreement, which alone reaches back. */
  first: boolean;
}) {
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Buckets">
        <div className={STACK}>
          <BucketsSettings policy={policy} onChange={onChange} />
        </div>
      </Panel>
      <Panel title="Evidence" heading={<Term of="evidence" />}>
        <div className={STACK}>
          <RecordSettings policy={policy} onChange={onChange} />
        </div>
      </Panel>
      <Panel title="Stage rules">
        <div className={STACK}>
          <StageSettings policy={policy} currency={currency} onChange={onChange} />
        </div>
      </Panel>
      <Panel title="Activities">
        <p className="mb-2 text-ink-2">
          {hasMotions(policy)
            ? "What partners can log. A tick makes it a named motion, which is what influences."
            : "What partners can log. Under this model every documented activity counts alike, so no motion is named."}
        </p>
        <MotionPicker
          policy={policy}
          motionsCount={hasMotions(policy)}
          onChange={(change) => onChange(merged(policy, change))}
        />
      </Panel>
      <Panel title="Edge cases">
        <div className={STACK}>
          <EdgeCaseSettings policy={policy} onChange={onChange} />
          {(first || policy.reachesBackTo !== null) && (
            <ReachBackSetting policy={policy} onChange={onChange} />
          )}
        </div>
      </Panel>
    </div>
  );
}

function EdgeCaseSettings({ policy, onChange }: SettingsProps) {
  return (
    <>
      <SegmentedControl
        label="A role row recorded after the close"
        labelHidden={false}
        value={policy.lateRecording}
        choices={[
          { value: "refuse", label: "Earns nothing" },
          { value: "with_contemporaneous_evidence", label: "Counts with prior proof" },
        ]}
        onChange={(lateRecording) => onChange({ ...policy, lateRecording })}
      />
      {testsOf(policy.model).includes("post_sale") && (
        <SegmentedControl
          label="Proven work after the sale"
          labelHidden={false}
          value={policy.postSale}
          choices={[
            { value: "ignore", label: "Earns nothing" },
            { value: "influence", label: "Is influence" },
          ]}
          onChange={(postSale) => onChange({ ...policy, postSale })}
        />
      )}
      <div>
        <h3 className="mb-1 font-medium">Programs that stand for the origin</h3>
        <ProgramsField policy={policy} onChange={(change) => onChange(merged(policy, change))} />
      </div>
    </>
  );
}

/** The document after a change; what became absent is left out, as the canonical text has no word for it. */
function merged(policy: Policy, change: Partial<Policy>): Policy {
  const next = { ...policy, ...change };
  if (next.menu === undefined) delete next.menu;
  if (next.programDefinitions === undefined) delete next.programDefinitions;
  return next;
}
