import Link from "next/link";
import { Icon } from "@/components/ui/icon";

/** Says that a quarter is sealed, and opens its seal. For wherever a frozen quarter's numbers stand. */
export function FrozenBadge({ quarter }: { quarter: string }) {
  return (
    <Link
      href={`/review/${quarter}`}
      title={`${quarter} is frozen: its numbers come from its seal and never change`}
      className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm bg-accent-soft px-1.5 py-px text-accent-ink text-xs decoration-current underline-offset-2 hover:underline"
    >
      <Icon name="lock" className="size-3" />
      Frozen
    </Link>
  );
}
