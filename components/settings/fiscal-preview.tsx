import { classNames } from "@/components/ui/class-names";
import { daysBetween, type FiscalYear, monthIndex, parseQuarter, quarterOf } from "@/lib/calendar";
import { MONTHS, spanInWords } from "@/lib/text/days";

/** The fiscal year that today lies in, quarter by quarter, as the chosen year cuts and names it. */
export function FiscalPreview({
  today,
  year: chosen,
  stored,
}: {
  today: string;
  year: FiscalYear;
  stored: FiscalYear;
}) {
  const current = quarterOf(today, chosen);
  const year = current.label.slice(0, 4);
  const quarters = [1, 2, 3, 4].map((number) => parseQuarter(`${year}-Q${number}`, chosen));
  return (
    <div>
      <ol className="grid grid-cols-2 gap-2 lg:grid-cols-4" aria-label={`Quarters of fiscal ${year}`}>
        {quarters.map(({ label, from, to }) => {
          const isCurrent = label === current.label;
          const was = quarterOf(from, stored).label;
          return (
            <li
              key={label}
              aria-current={isCurrent ? "date" : undefined}
              className={classNames(
                "rounded-md border px-3 py-2",
                isCurrent ? "border-accent bg-accent-soft" : "border-line bg-surface",
              )}
            >
              <p className="flex items-baseline justify-between gap-2">
                <span className="tabular font-semibold">{label}</span>
                {isCurrent && <span className="text-2xs text-accent-ink">today</span>}
              </p>
              <p className="text-ink-2 text-xs">{lengthOf({ from, to }, chosen)}</p>
              <p className="tabular text-2xs text-ink-3">{spanInWords({ from, to })}</p>
              {was !== label && <p className="tabular text-2xs text-warn">begins in what is {was} now</p>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The months of a quarter, or how many weeks it has. */
function lengthOf({ from, to }: { from: string; to: string }, { endsOn }: FiscalYear): string {
  if (endsOn !== "month_end") return `${(daysBetween(from, to) + 1) / 7} weeks`;
  const start = monthIndex(from) % 12;
  return [0, 1, 2].map((at) => MONTHS[(start + at) % 12]?.slice(0, 3)).join(", ");
}
