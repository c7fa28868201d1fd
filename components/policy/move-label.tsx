import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Icon } from "@/components/ui/icon";
import type { Outcome } from "@/lib/attribution/vocabulary";

/** From one outcome to another. */
export function MoveLabel({ from, to }: { from: Outcome; to: Outcome }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <OutcomeBadge outcome={from} />
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <span className="sr-only"> becomes </span>
      <OutcomeBadge outcome={to} />
    </span>
  );
}
