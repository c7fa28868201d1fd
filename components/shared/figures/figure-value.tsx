import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import type { Unit } from "@/lib/metrics/definition";
import type { FigureReport } from "@/lib/metrics/quarter-report";
import { isDefined, type Value } from "@/lib/metrics/value";
import { numberText, reasonText } from "@/lib/metrics/value-text";
import { dealsOfParts } from "./deals-of-parts";

/** A number with its unit quieter than its digits, or "—" with the reason, never 0 (domain.md §7). */
export function ValueText({
  value,
  unit,
  currency,
  className,
}: {
  value: Value;
  unit: Unit;
  currency: string;
  className?: string;
}) {
  if (!isDefined(value)) {
    const reason = reasonText(value);
    return (
      <span title={reason} className={classNames("text-ink-3", className)}>
        <span aria-hidden="true">—</span>
        <span className="sr-only">undefined: {reason}</span>
      </span>
    );
  }
  const text = numberText(value, unit, currency);
  const [before = "", figures = "", after = ""] = /^([A-Z]{3} )?([−\d.,]+)( .+)?$/.exec(text)?.slice(1) ?? [];
  return (
    <span className={classNames("tabular whitespace-nowrap", className)}>
      {before && <span className="font-normal text-[0.72em] text-ink-3">{before}</span>}
      {figures}
      {after && <span className="font-normal text-[0.72em] text-ink-3">{after}</span>}
    </span>
  );
}

/** A figure that opens to all the deals it is counted from: a rate's numerator and denominator, both medians. */
export function FigureValue({
  figure,
  metric,
  quarter,
  currency,
  className,
}: {
  figure: FigureReport;
  metric: string;
  quarter: string;
  currency: string;
  className?: string;
}) {
  const text = (
    <ValueText value={figure.value} unit={figure.unit} currency={currency} className={className} />
  );
  const { opens } = figure;
  // A cost is made of what finance recorded, not of deals.
  const href = opens.length
    ? dealsOfParts(
        quarter,
        metric,
        opens.map(({ part }) => part),
        { figure: figure.key },
      )
    : figure.unit === "money"
      ? `/settings/finance?quarter=${quarter}`
      : null;
  if (!href) return text;
  return (
    <Link
      href={href}
      prefetch={false}
      title={
        opens.length
          ? `Open its deals: ${opens.map(({ name }) => name.toLowerCase()).join("; ")}`
          : "Open the recorded costs"
      }
      aria-label={opens.length ? undefined : `${figure.name}, open the recorded costs`}
      className="-mx-1 rounded-sm px-1 decoration-line-control underline-offset-4 hover:bg-hover hover:underline"
    >
      {text}
    </Link>
  );
}
