"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { ComboBox } from "@/components/ui/combo-box";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { CURRENCIES } from "@/lib/currencies";
import { isRate } from "@/lib/money";
import type { Finance } from "./finance-rows";
import { GridCell } from "./grid-cell";
import { QuarterHeads } from "./quarter-heads";

/** Each quarter's rates to the reporting currency; a currency that deals are in needs one a quarter. */
export function RateGrid({
  finance,
  quarters,
  current,
  reporting,
  mayEdit,
}: {
  finance: Finance;
  quarters: readonly string[];
  current: string;
  reporting: string;
  mayEdit: boolean;
}) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const { rateOf, keep } = useRates(finance);
  const needed = finance.currencies.filter((code) => code !== reporting);
  const codes = [...new Set([...needed, ...finance.rates.map(({ currency }) => currency), ...added])].filter(
    (code) => code !== reporting,
  );
  const free = Object.keys(CURRENCIES).filter((code) => code !== reporting && !codes.includes(code));
  return (
    <Panel
      title="Rates"
      aside={
        mayEdit && (
          <ComboBox
            label="Add a currency"
            labelHidden
            noun="currency"
            placeholder="Add a currency"
            className="w-40"
            items={free.map((code) => ({ id: code, name: code }))}
            value={null}
            onChange={(code) => code && setAdded([...added, code])}
          />
        )
      }
    >
      {codes.length === 0 ? (
        <p className="py-2 text-ink-2">
          Every deal and cost is in {reporting}, the reporting currency, so no rate is needed.
        </p>
      ) : (
        <ScrollRegion label="Rates by quarter">
          <table className="w-full border-separate border-spacing-0">
            <QuarterHeads quarters={quarters} current={current} />
            <tbody>
              {codes.map((code) => (
                <RateLine
                  key={code}
                  code={code}
                  reporting={reporting}
                  quarters={quarters}
                  rateOf={(quarter) => rateOf(quarter, code)}
                  isNeeded={needed.includes(code)}
                  mayEdit={mayEdit}
                  onKeep={(quarter, typed) => keep(quarter, code, typed)}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

/** The stored rates, and how one is written over: null when it was, else what is wrong with it. */
function useRates(finance: Finance) {
  const record = useWrite("recordRate", {
    said: (_, { currency, quarter }) => `Rate of ${currency} in ${quarter} kept`,
    undo: true,
  });
  const rates = new Map(finance.rates.map(({ quarter, currency, rate }) => [`${quarter} ${currency}`, rate]));
  const rateOf = (quarter: string, currency: string) => rates.get(`${quarter} ${currency}`);
  const keep = (quarter: string, currency: string, typed: string): string | null => {
    if (typed === "")
      return rateOf(quarter, currency) ? "a recorded rate stays; write the right one over it" : null;
    if (!isRate(typed)) return `a rate is a decimal above 0, like 1.0835`;
    record.mutate({ quarter, currency, rate: typed });
    return null;
  };
  return { rateOf, keep };
}

function RateLine({
  code,
  reporting,
  quarters,
  rateOf,
  isNeeded,
  mayEdit,
  onKeep,
}: {
  code: string;
  reporting: string;
  quarters: readonly string[];
  rateOf(quarter: string): string | undefined;
  /** Whether deals are in it, so that a quarter without a rate has no numbers. */
  isNeeded: boolean;
  mayEdit: boolean;
  onKeep(quarter: string, typed: string): string | null;
}) {
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-1 min-w-36 whitespace-nowrap border-line border-b bg-canvas pr-3 text-left font-normal text-ink-2"
      >
        <span className="font-medium text-ink">1 {code}</span> in {reporting}
      </th>
      {quarters.map((quarter) => {
        const rate = rateOf(quarter) ?? "";
        return (
          <td key={quarter} className="border-line border-b p-0.5">
            <GridCell
              label={`${code} in ${reporting}, ${quarter}`}
              text={rate}
              edited={rate}
              isMissing={rate === "" && isNeeded}
              mayEdit={mayEdit}
              onKeep={(typed) => onKeep(quarter, typed)}
            />
          </td>
        );
      })}
    </tr>
  );
}
