"use client";

import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS } from "@/lib/attribution/words";
import type { SettingsProps } from "./settings";

/** The four models, each in a line. */
export function ModelChoice({ policy, onChange }: SettingsProps) {
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
