import { Icon } from "@/components/ui/icon";
import type { Unit } from "@/lib/metrics/definition";
import type { Value } from "@/lib/metrics/value";
import { isDefined } from "@/lib/metrics/value";
import { changeOf, reasonText } from "@/lib/metrics/value-text";

const GLYPHS = { up: "sortUp", down: "sortDown", level: "minus" } as const;

/** How a figure moved from an earlier quarter. Its direction is said, not coloured: up is not always good. */
export function ChangeLine({
  value,
  earlier,
  unit,
  quarter,
}: {
  value: Value;
  earlier: Value;
  unit: Unit;
  quarter: string;
}) {
  const change = changeOf(value, earlier, unit);
  if (!change) {
    const why = isDefined(earlier)
      ? isDefined(value)
        ? `It was 0 in ${quarter}, so there is no percentage.`
        : reasonText(value)
      : reasonText(earlier);
    return (
      <p title={why} className="text-ink-3 text-xs">
        <span aria-hidden="true">—</span> on {quarter}
        <span className="sr-only">: {why}</span>
      </p>
    );
  }
  return (
    <p className="tabular flex items-center gap-1 whitespace-nowrap text-xs">
      <Icon name={GLYPHS[change.direction]} className="size-3 text-ink-3" />
      <span className="font-medium">{change.text}</span>
      <span className="text-ink-3">on {quarter}</span>
    </p>
  );
}
