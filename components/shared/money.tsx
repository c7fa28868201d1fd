import { classNames } from "@/components/ui/class-names";
import { wholeMoney } from "@/lib/metrics/value-text";
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

/** The same for a list: in whole units, its currency only where it is not the list's own. */
export function WholeMoney({
  amount,
  currency,
  list,
  className,
}: {
  amount: number;
  currency: string;
  /** The currency that the list's head names. */
  list: string | undefined;
  className?: string;
}) {
  const text = wholeMoney(amount, currency);
  return (
    <span className={classNames("tabular whitespace-nowrap", className)}>
      {currency === list ? (
        <span className="sr-only">{currency} </span>
      ) : (
        <span className="text-[0.85em] text-ink-3">{currency} </span>
      )}
      {text.slice(4)}
    </span>
  );
}
