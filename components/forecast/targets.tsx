"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Money } from "@/components/shared/money";
import { GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { OTHER_NUMBERS } from "@/lib/metrics/other-numbers";
import { decimal } from "@/lib/text/numbers";

const TargetDialog = onDemand(() => import("./target-dialog").then((m) => m.TargetDialog));

type Answer = Outputs["targets"];
type Target = Answer["targets"][number];

const LINES = { sourced: "Sourced", influenced: "Influenced" } as const;

/** What a quarter is to bring by sourced and by influenced credit, never added: pace, what is missing, what covers it. */
export function Targets({ quarter }: { quarter: string }) {
  const [setting, setSetting] = useState<Target | null>(null);
  const answer = useQuery(api.targets.queryOptions({ input: { quarter } }));
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={6} label="Loading the targets" />;
  const { targets, currency, may } = answer.data;
  return (
    <div className="flex flex-col gap-6 border-line border-t px-4 pt-4 pb-10 sm:px-6">
      {(["sourced", "influenced"] as const).map((line) => (
        <Panel key={line} title={`${LINES[line]}, ${quarter}`} id={`targets-${line}`}>
          <Table label={`${LINES[line]} targets of ${quarter}`}>
            <thead>
              <tr>
                <Th>Of</Th>
                <Th align="end">Target</Th>
                <Th align="end">Won</Th>
                <Th align="end">Pace</Th>
                <Th align="end">Missing</Th>
                <Th align="end">Open</Th>
                <Th align="end">{OTHER_NUMBERS.pace.figures.coverage.name}</Th>
                <Th>
                  <span className="sr-only">Set</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {targets
                .filter((one) => one.line === line)
                .map((one) => (
                  <Line
                    key={one.owner?.id ?? "all"}
                    {...{ target: one, currency, may: may.set }}
                    onSet={() => setSetting(one)}
                  />
                ))}
            </tbody>
          </Table>
        </Panel>
      ))}
      <p className="max-w-[70ch] text-pretty text-ink-2">
        Of the company each deal counts once, in its own outcome; of a person the credit of the partners they
        look after. The pace is even over the quarter's days; coverage is what is open and expected to close
        in the quarter, divided by what is missing.
      </p>
      {setting && (
        <TargetDialog {...{ quarter, currency, target: setting }} onClose={() => setSetting(null)} />
      )}
    </div>
  );
}

function Line({
  target: { owner, target, won, open, pace },
  currency,
  may,
  onSet,
}: {
  target: Target;
  currency: string;
  may: Answer["may"]["set"];
  onSet(): void;
}) {
  const shown = (amount: number | null) =>
    amount === null ? <span className="text-ink-3">—</span> : <Money amount={amount} currency={currency} />;
  return (
    <tr className={owner ? undefined : "font-medium"}>
      <th scope="row" className="h-10 border-line border-b pr-2 text-left font-[inherit]">
        {owner?.name ?? "Everybody"}
      </th>
      <Td align="end">{target === null ? <span className="text-ink-3">none set</span> : shown(target)}</Td>
      <Td align="end">{shown(won)}</Td>
      <Td align="end" className="whitespace-nowrap">
        {pace ? (
          <>
            <Money amount={Math.abs(pace.ahead)} currency={currency} />{" "}
            <span className={pace.ahead < 0 ? "text-warn" : "text-ink-2"}>
              {pace.ahead < 0 ? "behind" : "ahead"}
            </span>
          </>
        ) : (
          shown(null)
        )}
      </Td>
      <Td align="end">{shown(pace?.missing ?? null)}</Td>
      <Td align="end">{shown(open)}</Td>
      <Td align="end" className="tabular">
        {pace === null || pace.coverage === null ? shown(null) : `${decimal(pace.coverage, 1)} ×`}
      </Td>
      <Td align="end">
        <GuardedButton size="small" because={may} onPress={onSet}>
          Set
        </GuardedButton>
      </Td>
    </tr>
  );
}
