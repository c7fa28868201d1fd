import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Unit } from "@/lib/metrics/definition";
import type { Value } from "@/lib/metrics/value";
import { isDefined } from "@/lib/metrics/value";
import { changeOf, numberText, reasonText } from "@/lib/metrics/value-text";

const GLYPHS = { up: "sortUp", down: "sortDown", level: "minus" } as const;

/** How a figure moved from an earlier quarter. Its direction is said, not coloured: up is not always good. */
export function ChangeLine({
  value,
  earlier,
  unit,
  quarter,
  href,
  shown = null,
}: {
  value: Value;
  earlier: Value;
  unit: Unit;
  quarter: string;
  /** The deals of the earlier figure. */
  href?: string;
  /** The currency to show the earlier value in; null for the change alone. */
  shown?: string | null;
}) {
  const change = changeOf(value, earlier, unit);
  if (!change) {
    const why = isDefined(earlier)
      ? isDefined(value)
        ? `It was 0 in ${quarter}, so there is no percentage.`
        : reasonText(value)
      : reasonText(earlier);
    return (
      <Tooltip text={why} names>
        <p className="text-ink-3 text-xs">
          <span aria-hidden="true">—</span> on {quarter}
          <span className="sr-only">: {why}</span>
        </p>
      </Tooltip>
    );
  }
  const words = (
    <>
      <span className="font-medium">{change.text}</span> <span className="text-ink-3">on {quarter}</span>
      {shown && isDefined(earlier) && (
        <span className="text-ink-2">: {numberText(earlier, unit, shown)}</span>
      )}
    </>
  );
  return (
    <p className="tabular flex items-center gap-1 whitespace-nowrap text-xs leading-6 print:leading-4">
      <Icon name={GLYPHS[change.direction]} className="size-3 text-ink-3" />
      {href ? (
        <Link
          href={href}
          prefetch={false}
          className="rounded-sm decoration-line-control underline-offset-4 hover:underline"
        >
          {words}
        </Link>
      ) : (
        <span>{words}</span>
      )}
    </p>
  );
}
