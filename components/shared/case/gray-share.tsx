import { Term } from "@/components/shared/term";
import { classNames } from "@/components/ui/class-names";
import { percent, setPercent } from "@/lib/text/numbers";

/** Above this share of closed deals, the memo's rules do not fit what is sold (domain.md §8.6). */
const SCALE = 2;

/** How many of the quarter's closed deals were gray, drawn against the limit and said in numbers. */
export function GrayShare({
  gray,
  closed,
  limit,
  className,
}: {
  gray: number;
  closed: number;
  /** 0.05 */
  limit: number;
  className?: string;
}) {
  const share = closed === 0 ? null : gray / closed;
  const over = share !== null && share > limit;
  const top = Math.max(limit * SCALE, (share ?? 0) * 1.15);
  const at = (value: number) => `${((value / top) * 100).toFixed(2)}%`;
  return (
    <figure className={classNames("min-w-0", className)}>
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-ink-2 text-xs">
          Closed deals that were <Term of="exception">gray</Term>
        </span>
        <span className={classNames("text-xs", over ? "font-medium text-warn" : "text-ink-3")}>
          {share === null
            ? "no deal closed yet"
            : `${over ? "above" : "within"} the ${setPercent(limit)} limit`}
        </span>
      </figcaption>
      <div className="mt-0.5 flex items-baseline gap-2">
        <strong className="tabular font-semibold text-xl">
          {share === null ? "—" : percent(share, share >= 0.1 ? 0 : 1)}
        </strong>
        <span className="tabular text-ink-3 text-xs">
          {gray} of {closed}
        </span>
      </div>
      <div aria-hidden="true" className="relative mt-1.5 h-4">
        <div className="absolute inset-x-0 top-1 h-2 rounded-full bg-hover" />
        {share !== null && share > 0 && (
          <div
            className={classNames(
              "absolute top-1 left-0 h-2 min-w-1 rounded-full",
              over ? "bg-warn" : "bg-accent",
            )}
            style={{ width: at(share) }}
          />
        )}
        <div className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: at(limit) }} />
      </div>
      <div aria-hidden="true" className="tabular relative h-4 text-2xs text-ink-3">
        <span className="absolute -translate-x-1/2" style={{ left: at(limit) }}>
          {setPercent(limit)}
        </span>
      </div>
    </figure>
  );
}
