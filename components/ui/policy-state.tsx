import type { Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "./day";
import { Icon } from "./icon";

export interface PolicyStateProps {
  policy: { hash: string; model: Model; signed: { on: string } | null };
}

/** Under which policy a number or verdict stands: it goes wherever a number is (domain.md §8.8). */
export function PolicyState({ policy }: PolicyStateProps) {
  const model = MODEL_WORDS[policy.model].label;
  const about = `${model}, memo ${policy.hash.slice(0, 12)}`;
  if (policy.signed)
    return (
      <span title={about} className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2 text-xs">
        <Icon name="stamp" className="size-3.5 text-accent" />
        Signed {dayInWords(policy.signed.on)}
      </span>
    );
  return (
    <span
      title={about}
      className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm border border-warn/50 border-dashed px-1.5 py-px text-warn text-xs"
    >
      <Icon name="edit" className="size-3" />
      Draft policy, unsigned
    </span>
  );
}
