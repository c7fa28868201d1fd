"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS } from "@/lib/attribution/words";
import type { SettingsProps } from "./settings";

const CHOICES = MODELS.map((value) => ({
  value,
  label: MODEL_WORDS[value].label,
  detail: MODEL_WORDS[value].definition,
}));

/** The four models, each in a line. */
export function ModelChoice({ policy, onChange }: SettingsProps) {
  return (
    <RadioCards
      label="Model"
      choices={CHOICES}
      value={policy.model}
      onChange={(model) => onChange(underModel(policy, model))}
      className="sm:grid-cols-2"
    />
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
