import { classNames } from "@/components/ui/class-names";

/** The quarters across a grid, the one under way marked. */
export function QuarterHeads({ quarters, current }: { quarters: readonly string[]; current: string }) {
  return (
    <thead>
      <tr>
        <th scope="col" className="sticky left-0 z-1 bg-canvas">
          <span className="sr-only">Line</span>
        </th>
        {quarters.map((quarter) => (
          <th
            key={quarter}
            scope="col"
            className={classNames(
              "tabular min-w-28 whitespace-nowrap px-2.5 pb-1 text-right text-xs",
              quarter === current ? "font-semibold text-ink" : "font-medium text-ink-3",
            )}
          >
            {quarter}
            {quarter === current && (
              <span className="block font-normal text-2xs text-accent-ink">under way</span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
