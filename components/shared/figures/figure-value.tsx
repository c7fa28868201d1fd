import Link from "next/link";
import { useDealsOfParts } from "@/components/shared/look/look";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { Unit } from "@/lib/metrics/definition";
import type { FigureReport } from "@/lib/metrics/quarter-report";
import { isDefined, type Value } from "@/lib/metrics/value";
import { numberText, reasonText } from "@/lib/metrics/value-text";

/** A number with its unit quieter than its digits, or "—" with the reason, never 0 (domain.md §7). */
export function ValueText({
  value,
  unit,
  currency,
  className,
  isInLink = false,
}: {
  value: Value;
  unit: Unit;
  currency: string;
  className?: string;
  /** Then it is the link that explains. */
  isInLink?: boolean;
}) {
  if (!isDefined(value)) {
    const reason = reasonText(value);
    const dash = (
      <span className={classNames("text-ink-3", className)}>
        <span aria-hidden="true">—</span>
        <span className="sr-only">undefined: {reason}</span>
      </span>
    );
    return isInLink ? dash : <Tooltip text={reason}>{dash}</Tooltip>;
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
  const dealsOfParts = useDealsOfParts();
  const { opens, value } = figure;
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
  const text = <ValueText {...{ value, currency, className }} unit={figure.unit} isInLink={href !== null} />;
  if (!href) return text;
  const where = opens.length
    ? `Open its deals: ${opens.map(({ name }) => name.toLowerCase()).join("; ")}`
    : "Open the recorded costs";
  return (
    <Tooltip text={isDefined(value) ? where : `${reasonText(value)} ${where}`}>
      <Link
        href={href}
        prefetch={false}
        aria-label={opens.length ? undefined : `${figure.name}, open the recorded costs`}
        className="-mx-1 rounded-sm px-1 decoration-line-control underline-offset-4 hover:bg-hover hover:underline"
      >
        {text}
      </Link>
    </Tooltip>
  );
}
