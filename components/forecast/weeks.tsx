"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Money } from "@/components/shared/money";
import { useDayOf } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { closeWords } from "./commit-grid";
import { FORECAST_PARAMS } from "./forecast-params";
import { Moves } from "./moves";
import { Replay } from "./replay";

const SignDialog = onDemand(() => import("./sign-dialog").then((m) => m.SignDialog));

type Week = Outputs["forecastWeeks"]["weeks"][number];
const EVERY = "all";

/** The weeks that were taken: what each committed, who signed it, what moved since, and what came of it. */
export function Weeks({ quarter }: { quarter: string }) {
  const [{ week: asked, close }, setParams] = useQueryStates(FORECAST_PARAMS, { history: "push" });
  const [signing, setSigning] = useState<Week | null>(null);
  const answer = useQuery(api.forecastWeeks.queryOptions({ input: {} }));
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={6} label="Loading the weeks" />;
  const { weeks } = answer.data;
  const week = weeks.find((one) => one.week === asked) ?? weeks[0];
  if (!week)
    return (
      <EmptyState icon="month" title="No week was taken yet">
        Once a week the forecast is kept as it stands, by itself or by “Take this week”; from then on it shows
        what moved, and what came.
      </EmptyState>
    );
  const before = weeks[weeks.indexOf(week) + 1];
  return (
    <div className="flex flex-col gap-6 border-line border-t px-4 pt-4 pb-10 sm:px-6">
      <WeekTable
        {...{ weeks, week }}
        onLook={(one) => setParams({ week: one.week })}
        onSign={(one) => setSigning(one)}
      />
      <Closes week={week} close={close} quarter={quarter} onClose={(next) => setParams({ close: next })} />
      {before && <Moves from={before.week} to={week.week} close={close} />}
      {week === weeks[0] && <Moves from={week.week} to={null} close={close} />}
      <Replay week={week.week} close={close} />
      {signing && <SignDialog week={signing} onClose={() => setSigning(null)} />}
    </div>
  );
}

function WeekTable({
  weeks,
  week,
  onLook,
  onSign,
}: {
  weeks: readonly Week[];
  week: Week;
  onLook(week: Week): void;
  onSign(week: Week): void;
}) {
  const dayOf = useDayOf();
  return (
    <Panel title="Weeks">
      <Table label="Weeks that were taken">
        <thead>
          <tr>
            <Th>Week of</Th>
            <Th align="end">Deals</Th>
            <Th align="end">Amount</Th>
            <Th align="end">In commit</Th>
            <Th>Signed</Th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((one) => (
            <tr key={one.week} className={one === week ? "bg-accent-soft/40" : undefined}>
              <Td>
                <button
                  type="button"
                  aria-pressed={one === week}
                  onClick={() => onLook(one)}
                  className="tabular whitespace-nowrap rounded-sm underline decoration-line-control underline-offset-4 hover:bg-hover"
                >
                  {dayInWords(one.week)}
                </button>
              </Td>
              <Td align="end" className="tabular">
                {thousands(one.commit.deals)}
              </Td>
              <Td align="end">
                <Money amount={one.commit.amount} currency={one.currency} />
              </Td>
              <Td align="end">
                <Money amount={one.commit.weighted} currency={one.currency} />
              </Td>
              <Td className="whitespace-nowrap">
                {one.signed ? (
                  `${one.signed.by}, ${dayInWords(dayOf(one.signed.at))}`
                ) : (
                  <GuardedButton size="small" icon="stamp" because={one.may.sign} onPress={() => onSign(one)}>
                    Sign
                  </GuardedButton>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

/** Of which close quarter what follows is told. */
function Closes({
  week,
  close,
  quarter,
  onClose,
}: {
  week: Week;
  close: string | null;
  quarter: string;
  onClose(close: string | null): void;
}) {
  const replay = useQuery(api.forecastReplay.queryOptions({ input: { week: week.week } }));
  const closes = [...new Set([...(replay.data?.closes ?? []), quarter, ...(close ? [close] : [])])].sort();
  return (
    <Select
      label="Expected to close in"
      className="w-56"
      value={close ?? EVERY}
      choices={[
        { value: EVERY, label: "All quarters" },
        ...closes.map((value) => ({ value, label: closeWords(value) })),
      ]}
      onChange={(next) => onClose(next === EVERY ? null : next)}
    />
  );
}
