import { Table, Td, Th } from "@/components/ui/table";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import { HEADLINES, type Headline } from "@/lib/metrics/headlines";
import type { QuarterNumbers } from "@/lib/metrics/quarter-numbers";
import { isDefined, type Undefined, type Value } from "@/lib/metrics/value";
import { changeOf, numberText, reasonText } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";

const isReason = (side: QuarterNumbers | Undefined): side is Undefined => "undefined" in side;

/** The four numbers of each quarter, before and after. */
export function NumbersCompare({
  quarters,
  currency,
}: {
  quarters: BacktestSummary["quarters"];
  currency: string;
}) {
  return (
    <>
      <Table label="The four numbers before and after, by quarter" className="min-w-112">
        <thead>
          <tr>
            <Th>Quarter</Th>
            {HEADLINES.map(({ name }) => (
              <Th key={name} align="end" className="max-w-28 whitespace-normal!">
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quarters.map(({ quarter, moved, before, after }) => (
            <tr key={quarter}>
              <th scope="row" className="border-line border-b py-1.5 pr-2 text-left align-top font-medium">
                {quarter}
                <span className="tabular block font-normal text-2xs text-ink-3">
                  {thousands(moved)} moved
                </span>
              </th>
              {HEADLINES.map((row) => (
                <Td key={row.name} align="end" className="h-auto py-1.5 align-top">
                  <Change
                    row={row}
                    currency={currency}
                    before={isReason(before) ? before : row.of(before)}
                    after={isReason(after) ? after : row.of(after)}
                  />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {quarters.length > 1 && (
        <p className="mt-1.5 text-2xs text-ink-3">
          A deal created in one quarter and closed in another moves in both.
        </p>
      )}
    </>
  );
}

function Change({
  row,
  before,
  after,
  currency,
}: {
  row: Headline;
  before: Value;
  after: Value;
  currency: string;
}) {
  const change = changeOf(after, before, row.unit);
  const same = change
    ? change.direction === "level"
    : before === after || (!isDefined(before) && !isDefined(after));
  const shown = (value: Value) => (isDefined(value) ? numberText(value, row.unit, currency) : "—");
  return (
    <>
      <span
        className={same ? "tabular whitespace-nowrap text-ink-2" : "tabular whitespace-nowrap font-semibold"}
      >
        {shown(after)}
      </span>
      <span className="tabular block whitespace-nowrap text-2xs text-ink-3">
        {same ? "as before" : <>was {shown(before)}</>}
      </span>
      <Reason values={[after, before]} />
    </>
  );
}

/** Why there is no number, for everybody to read: a missing rate is somebody's to record. */
function Reason({ values }: { values: readonly Value[] }) {
  const missing = values.find((value) => !isDefined(value));
  if (missing === undefined || isDefined(missing)) return null;
  return (
    <span className="ml-auto block max-w-40 text-pretty text-2xs text-ink-3">{reasonText(missing)}</span>
  );
}
