import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { type PolicyLine, STANDING_WORDS, standingLabel } from "./policy-words";

/** Where a policy stands: glyph and word, its meaning on hover. */
export function StandingChip({ policy }: { policy: Pick<PolicyLine, "state" | "signatures"> }) {
  const { icon, tone, definition } = STANDING_WORDS[policy.state];
  return (
    <Chip tone={tone} says={definition}>
      <Icon name={icon} className="size-3" />
      {standingLabel(policy)}
    </Chip>
  );
}
