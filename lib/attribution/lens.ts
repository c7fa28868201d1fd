import { type Policy, PRESETS } from "./policy";
import type { Model } from "./vocabulary";

/**
 * A model as a lens on a company's deals. Its own model is the company's policy itself. Another model is
 * that policy with what makes the model its preset's: the motions it adds, its window, its duties and its
 * edge cases. What the company decided for itself stays: gates, minimums, programs, the menu, the size
 * from which updates are owed and the cost denominator. Source: domain.md §3 presets, §5 "lenses".
 */
export function lensOf(model: Model, policy: Policy): Policy {
  if (model === policy.model) return policy;
  const preset = PRESETS[model];
  const own = PRESETS[policy.model];
  return {
    ...policy,
    model,
    motions: changeList(policy.motions, own.motions, preset.motions),
    updates: { ...policy.updates, consequence: preset.updates.consequence },
    influenceWindowDays: preset.influenceWindowDays,
    lateRecording: preset.lateRecording,
    postSale: preset.postSale,
  };
}

/** The company's list without what its own preset adds to the other's, and with what the other adds. */
function changeList(list: readonly string[], own: readonly string[], other: readonly string[]): string[] {
  const kept = list.filter((word) => other.includes(word) || !own.includes(word));
  return [...kept, ...other.filter((word) => !own.includes(word) && !kept.includes(word))];
}
