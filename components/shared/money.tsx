import { classNames } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money";

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
