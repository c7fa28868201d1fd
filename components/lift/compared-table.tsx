"use client";

import { ValueText } from "@/components/shared/figures/figure-value";
import { Table, Td, Th } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import type { Unit } from "@/lib/metrics/definition";
import { differenceText, placeboText, spanText, standOf } from "@/lib/metrics/lift-words";
import { isDefined } from "@/lib/metrics/value";
import { reasonText } from "@/lib/metrics/value-text";
import { count } from "@/lib/text/words";

export type Compared = Outputs["lift"]["winRate"]["plain"];

/** One comparison as a row: who is compared, and what came of it. */
export interface ComparedRow {
  name: string;
  /** What tells its sides apart. */
  says?: string;
  compared: Compared;
  /** Opens the deals of a side; absent where they are not told. */
  onOpen?(side: "with" | "without"): void;
}

/** Comparisons beside each other, their intervals drawn on one scale: to see which of them reach zero. */
export function ComparedTable({
  label,
  rows,
  unit,
  currency,
}: {
  label: string;
  rows: readonly ComparedRow[];
  unit: Unit;
  currency: string;
}) {
  const ends = rows.flatMap(({ compared: { low, high } }) =>
    low === null || high === null ? [] : [low, high],
  );
  const scale = Math.max(0, ...ends.map(Math.abs));
  return (
    <Table label={label} className="sm:min-w-[44rem] sm:table-fixed print:min-w-0">
      <thead>
        <tr>
          <Th>Compared</Th>
          <Th align="end" className="sm:w-32 print:w-20">
            With<span className="max-sm:hidden print:hidden"> a partner</span>
          </Th>
          <Th align="end" className="sm:w-32 print:w-20">
            Without
          </Th>
          <Th align="end" className="sm:w-52 print:w-36">
            Difference
          </Th>
          <Th className="w-44 max-sm:hidden print:w-28">
            <span className="sr-only">Interval, drawn</span>
          </Th>
          <Th align="end" className="w-28 max-sm:hidden print:w-20">
            Placebo
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.name} {...{ row, unit, currency, scale }} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({
  row: { name, says, compared, onOpen },
  unit,
  currency,
  scale,
}: {
  row: ComparedRow;
  unit: Unit;
  currency: string;
  scale: number;
}) {
  const side = (key: "with" | "without") => {
    const { value, deals } = compared[key];
    const n = <span className="tabular whitespace-nowrap text-2xs text-ink-3">{count(deals, "deal")}</span>;
    return (
      <Td align="end" className="py-2 align-top print:h-auto print:py-1">
        <ValueText value={value} unit={unit} currency={currency} className="block font-medium" />
        {onOpen && deals > 0 ? (
          <button
            type="button"
            aria-label={`${count(deals, "deal")}, ${name}, ${key} a partner: open them`}
            onClick={() => onOpen(key)}
            className="rounded-sm decoration-line-control underline-offset-2 hover:underline"
          >
            {n}
          </button>
        ) : (
          n
        )}
      </Td>
    );
  };
  return (
    <tr>
      <th scope="row" className="border-line border-b py-2 pr-2 text-left align-top font-medium print:py-1">
        {name}
        {says && <span className="block max-w-56 font-normal text-2xs text-ink-2 max-sm:hidden">{says}</span>}
      </th>
      {side("with")}
      {side("without")}
      <Td align="end" className="py-2 align-top print:h-auto print:py-1">
        <Difference {...{ compared, unit, currency }} />
      </Td>
      <Td className="py-2 align-top max-sm:hidden print:h-auto print:py-1">
        <Interval compared={compared} scale={scale} />
      </Td>
      <Td
        align="end"
        className="tabular whitespace-nowrap py-2 align-top max-sm:hidden print:h-auto print:py-1"
      >
        {compared.placebo === null ? <span className="text-ink-3">—</span> : placeboText(compared.placebo)}
      </Td>
    </tr>
  );
}

function Difference({ compared, unit, currency }: { compared: Compared; unit: Unit; currency: string }) {
  const { difference, low, high } = compared;
  if (!isDefined(difference) || low === null || high === null)
    return (
      <span className="block text-balance text-2xs text-ink-3">
        {isDefined(difference) ? "—" : reasonText(difference)}
      </span>
    );
  const isTooFew = standOf(compared) === "too_few";
  return (
    <>
      <span
        className={
          isTooFew ? "tabular whitespace-nowrap text-ink-3" : "tabular whitespace-nowrap font-medium"
        }
      >
        {differenceText(difference, unit, currency)}
      </span>
      <span className="tabular block text-2xs text-ink-3 sm:whitespace-nowrap">
        {isTooFew ? "too few deals to tell" : spanText(low, high, unit, currency)}
      </span>
      {compared.placebo !== null && (
        <span className="block text-2xs text-ink-3 sm:hidden">
          placebo <span className="whitespace-nowrap">{placeboText(compared.placebo)}</span>
        </span>
      )}
    </>
  );
}

const [WIDTH, HEIGHT, MARGIN] = [144, 22, 6];

/** The interval from its low to its high end, the difference as a dot, zero as a line. The words beside it say the same. */
function Interval({ compared: { difference, low, high }, scale }: { compared: Compared; scale: number }) {
  if (!isDefined(difference) || low === null || high === null) return null;
  const at = (value: number) => WIDTH / 2 + (scale === 0 ? 0 : (value / scale) * (WIDTH / 2 - MARGIN));
  const middle = HEIGHT / 2;
  return (
    <svg aria-hidden="true" width={WIDTH} height={HEIGHT} className="max-w-full [print-color-adjust:exact]">
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1={1} y2={HEIGHT - 1} stroke="var(--line-control)" />
      <line x1={at(low)} x2={at(high)} y1={middle} y2={middle} stroke="var(--ink-2)" strokeWidth={1.5} />
      {[low, high].map((end, side) => (
        <line
          key={side === 0 ? "low" : "high"}
          x1={at(end)}
          x2={at(end)}
          y1={middle - 4}
          y2={middle + 4}
          stroke="var(--ink-2)"
          strokeWidth={1.5}
        />
      ))}
      <circle cx={at(difference)} cy={middle} r={3.5} fill="var(--accent)" />
    </svg>
  );
}
