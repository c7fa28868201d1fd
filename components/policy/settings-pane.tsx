"use client";

import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { OUTCOME_COLOURS } from "@/components/shared/outcome-badge";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { testsOf } from "@/lib/attribution/models";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { MotionPicker } from "./motion-picker";
import { NumberStepper } from "./number-stepper";
import { ProgramsField } from "./programs-field";
import { StageGate } from "./stage-gate";
import { ThresholdField } from "./threshold-field";

/**
 * What a draft decides, in the order of its memo. A setting that its model never asks for is not shown;
 * its value stays in the document for the model that does.
 */
export function SettingsPane({
  policy,
  currency,
  onChange,
}: {
  policy: Policy;
  /** The reporting currency, in which amounts are typed. */
  currency: string;
  onChange(policy: Policy): void;
}) {
  const set = (change: Partial<Policy>) => onChange({ ...policy, ...change });
  const asks = new Set(testsOf(policy.model));
  const hasMotions = asks.has("motion");
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Buckets">
        <Stack>
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
        </Stack>
      </Panel>

      <Panel title="Stage rules">
        <Stack>
          <StageGate
            label="Sourced: the first touch is at stage … or earlier"
            note="The origin's row or registration must be this early."
            colour={OUTCOME_COLOURS.sourced}
            value={policy.sourcedAtOrBefore}
            passes={(stage) => stage <= policy.sourcedAtOrBefore}
            allowed={(stage) => stage < policy.influencedBefore}
            onChange={(sourcedAtOrBefore) => set({ sourcedAtOrBefore })}
          />
          {hasMotions && (
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
            <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-3">
              <ThresholdField
                label="Above an amount of"
                currency={currency}
                value={policy.updates.above}
                onChange={(above) => set({ updates: { ...policy.updates, above } })}
              />
              <NumberStepper
                label="The partner owes"
                unit="activities a month"
                min={1}
                max={31}
                value={policy.updates.perMonth}
                onChange={(perMonth) => set({ updates: { ...policy.updates, perMonth } })}
              />
              <SegmentedControl
                label="A month that falls short"
                labelHidden={false}
                value={policy.updates.consequence}
                choices={[
                  { value: "flag", label: "Is noted" },
                  { value: "dispute", label: "Withholds sourced" },
                ]}
                onChange={(consequence) => set({ updates: { ...policy.updates, consequence } })}
              />
            </div>
          </div>
        </Stack>
      </Panel>

      <Panel title="Activities">
        <p className="mb-2 text-ink-2">
          {hasMotions
            ? "What partners can log. A tick makes it a named motion, which is what influences."
            : "What partners can log. Under this model every documented activity counts alike, so no motion is named."}
        </p>
        <MotionPicker
          policy={policy}
          motionsCount={hasMotions}
          onChange={(change) => onChange(merged(policy, change))}
        />
      </Panel>

      <Panel title="Edge cases">
        <Stack>
          <SegmentedControl
            label="A role row recorded after the close"
            labelHidden={false}
            value={policy.lateRecording}
            choices={[
              { value: "refuse", label: "Earns nothing" },
              { value: "with_contemporaneous_evidence", label: "Counts with prior proof" },
            ]}
            onChange={(lateRecording) => set({ lateRecording })}
          />
          {asks.has("post_sale") && (
            <SegmentedControl
              label="Proven work after the sale"
              labelHidden={false}
              value={policy.postSale}
              choices={[
                { value: "ignore", label: "Earns nothing" },
                { value: "influence", label: "Is influence" },
              ]}
              onChange={(postSale) => set({ postSale })}
            />
          )}
          <div>
            <h3 className="mb-1 font-medium">Programs that stand for the origin</h3>
            <ProgramsField policy={policy} onChange={(change) => onChange(merged(policy, change))} />
          </div>
        </Stack>
      </Panel>
    </div>
  );
}

const Stack = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-4">{children}</div>
);

/** The document after a change; what became absent is left out, as the canonical text has no word for it. */
function merged(policy: Policy, change: Partial<Policy>): Policy {
  const next = { ...policy, ...change };
  if (next.menu === undefined) delete next.menu;
  if (next.programDefinitions === undefined) delete next.programDefinitions;
  return next;
}

function ModelChoice({ policy, onChange }: { policy: Policy; onChange(policy: Policy): void }) {
  return (
    <div>
      <RadioGroup
        aria-label="Model"
        value={policy.model}
        onChange={(model) => onChange(underModel(policy, model as Model))}
        className="grid gap-2 sm:grid-cols-2"
      >
        {MODELS.map((model) => (
          <Radio
            key={model}
            value={model}
            className={
              "group flex cursor-default items-start gap-2 rounded-md border border-line-strong bg-surface px-3 py-2 hover:border-line-control " +
              "selected:border-accent selected:bg-accent-soft/50 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1"
            }
          >
            <span className="mt-0.75 flex size-3.5 shrink-0 items-center justify-center rounded-full border border-line-control bg-surface group-selected:border-accent">
              <span className="size-1.75 rounded-full bg-accent opacity-0 group-selected:opacity-100" />
            </span>
            <span className="leading-snug">
              <span className="font-medium">{MODEL_WORDS[model].label}</span>
              <span className="block text-ink-2 text-xs">{MODEL_WORDS[model].definition}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
    </div>
  );
}

/** Another model over the same settings; those in which the two presets differ follow it when untouched. */
function underModel(policy: Policy, model: Model): Policy {
  const [was, is] = [PRESETS[policy.model], PRESETS[model]];
  const follow = <K extends keyof Policy>(key: K) =>
    JSON.stringify(policy[key]) === JSON.stringify(was[key]) ? is[key] : policy[key];
  return {
    ...policy,
    model,
    motions: follow("motions"),
    updates: follow("updates"),
    postSale: follow("postSale"),
    lateRecording: follow("lateRecording"),
    influenceWindowDays: follow("influenceWindowDays"),
  };
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
