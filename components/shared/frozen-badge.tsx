import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";

/** Says that a quarter is sealed, and opens its seal. For wherever a frozen quarter's numbers stand. */
export function FrozenBadge({ quarter }: { quarter: string }) {
  return (
    <Tooltip text={`${quarter} is frozen: its numbers come from its seal and never change`}>
      <Link
        href={`/review/${quarter}`}
        className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm bg-accent-soft px-1.5 py-px text-accent-ink text-xs decoration-current underline-offset-2 hover:underline"
      >
        <Icon name="lock" className="size-3" />
        Frozen
      </Link>
    </Tooltip>
  );
}
