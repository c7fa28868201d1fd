"use client";

import { useQuery } from "@tanstack/react-query";
import { ValueText } from "@/components/shared/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import type { FiscalYear } from "@/lib/calendar";
import { spanInWords } from "@/lib/text/days";
import { count, list } from "@/lib/text/words";

type Answer = Outputs["fiscalChange"];
type Line = Answer["before"][number];

/** Asks before the fiscal year changes, with the quarters and the four numbers as they are and as they would be. */
export function FiscalChangeDialog({
  year,
  isPending,
  onConfirm,
  onClose,
}: {
  year: FiscalYear;
  isPending: boolean;
  onConfirm(): void;
  onClose(): void;
}) {
  const answer = useQuery(api.fiscalChange.queryOptions({ input: year }));
  const change = answer.data;
  return (
    <Dialog
      title="Change the fiscal year?"
      role="alertdialog"
      width="wide"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={!change || change.refused !== null}
            isPending={isPending}
            onPress={onConfirm}
          >
            Change the fiscal year
          </Button>
        </>
      }
    >
      {answer.error && <ErrorState error={answer.error} onRetry={() => answer.refetch()} />}
      {answer.isPending && <SkeletonRows rows={8} label="Counting the quarters both ways" />}
      {change && (
        <div className="flex flex-col gap-5">
          {change.refused ? (
            <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{change.refused}.</p>
          ) : (
            <p className="text-pretty text-ink-2">
              Deals, cases, costs and rates stay with their days. What changes is which days make a quarter,
              and with them what it counts.
            </p>
          )}
          <Quarters title="Now" lines={change.before} currency={change.reportingCurrency} />
          <Quarters title="After the change" lines={change.after} currency={change.reportingCurrency} />
          <Anew anew={change.anew} />
        </div>
      )}
    </Dialog>
  );
}

function Quarters({ title, lines, currency }: { title: string; lines: readonly Line[]; currency: string }) {
  const names = lines[0]?.numbers.map(({ name }) => name) ?? [];
  return (
    <ScrollRegion label={title} className="overflow-x-auto">
      <table className="w-full">
        <caption className="pb-1 text-left font-semibold">{title}</caption>
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className="eyebrow py-1.5 text-left font-medium">
              Quarter
            </th>
            {[...names, "Cases", "Costs"].map((name) => (
              <th key={name} scope="col" className="eyebrow py-1.5 pl-4 text-right align-bottom font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label} className="border-line border-b">
              <th scope="row" className="whitespace-nowrap py-1.5 text-left font-normal">
                <span className="tabular font-medium">{line.label}</span>
                <span className="tabular block text-ink-3 text-xs">{spanInWords(line)}</span>
              </th>
              {line.numbers.map(({ name, unit, value }) => (
                <td key={name} className="py-1.5 pl-4 text-right">
                  <ValueText value={value} unit={unit} currency={currency} />
                </td>
              ))}
              <td className="tabular whitespace-nowrap py-1.5 pl-4 text-right">
                {line.cases.all === 0 ? "none" : `${line.cases.open} open of ${line.cases.all}`}
              </td>
              <td className="tabular whitespace-nowrap py-1.5 pl-4 text-right">
                {line.costs === 0 ? "none" : count(line.costs, "line")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** What no quarter of the other year has: it is not divided, it is asked for. */
function Anew({ anew }: { anew: Answer["anew"] }) {
  if (anew.length === 0) return null;
  return (
    <div className="rounded-md bg-warn-soft px-3 py-2 text-warn">
      <p className="text-pretty">
        These days are no quarter of the new year. What finance recorded for them is kept and counts in no
        quarter until the year is as it was; finance records the new quarters anew.
      </p>
      <ul className="mt-1.5 max-h-40 overflow-y-auto">
        {anew.map(({ label, from, to, costs, rates }) => (
          <li key={label} className="tabular">
            {spanInWords({ from, to })}:{" "}
            {list(
              [costs > 0 && count(costs, "cost"), rates > 0 && count(rates, "rate")].filter(
                (one) => one !== false,
              ),
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
