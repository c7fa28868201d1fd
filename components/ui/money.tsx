import { formatMoney } from "@/lib/money";
import { classNames } from "./class-names";

/** An amount in minor units, tabular, its currency said and quieter than the figure. */
export function Money({
  amount,
  currency,
  className,
}: {
  amount: number;
  currency: string;
  className?: string;
}) {
  const text = formatMoney(amount, currency);
  return (
    <span className={classNames("tabular whitespace-nowrap", className)}>
      <span className="text-[0.85em] text-ink-3">{text.slice(0, 3)}</span>
      {text.slice(3)}
    </span>
  );
}

/** A whole number with its thousands apart, tabular; null is shown as "—" with the reason. */
export function Count({ value, unit, reason }: { value: number | null; unit?: string; reason?: string }) {
  if (value === null)
    return (
      <span title={reason} className="text-ink-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">{reason ?? "not defined"}</span>
      </span>
    );
  return (
    <span className="tabular whitespace-nowrap">
      {String(value).replace(/\B(?=(\d{3})+$)/g, ",")}
      {unit && <span className="text-ink-3"> {unit}</span>}
    </span>
  );
}
