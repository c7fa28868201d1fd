"use client";

import { DemoMarker } from "@/components/shared/demo-marker";
import { FrozenBadge } from "@/components/shared/frozen-badge";
import { LookMenu } from "@/components/shared/look/look-menu";
import type { LookParams } from "@/components/shared/look/look-params";
import { PolicyState } from "@/components/shared/policy-state";
import { QuarterPicker } from "@/components/shared/quarter-picker";
import { useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { PageHeader } from "@/components/ui/page-header";
import type { Outputs } from "@/lib/api/client";
import { dayInWords, spanInWords } from "@/lib/text/days";

type Numbers = Outputs["numbers"];

/** A quarter that is not over says so, and one that has not begun does not call itself under way. */
function standsAt({ asOf, quarter, underWay }: Numbers): string {
  if (asOf < quarter.from) return ", not begun";
  return underWay ? ", under way" : "";
}

/** Which quarter, under which policy, as of when; compare, print, another quarter. */
export function DashboardHead({
  numbers,
  compare,
  onCompare,
  onQuarter,
  look,
  onLook,
  onRank,
}: {
  numbers: Numbers | undefined;
  compare: boolean;
  onCompare(): void;
  onQuarter(quarter: string): void;
  look: LookParams;
  onLook(next: Partial<LookParams>): void;
  onRank(): void;
}) {
  const me = useMe();
  return (
    <PageHeader
      title={
        <>
          <span className="print:hidden">Dashboard</span>
          <span className="hidden print:inline">{me?.company}: is the partner programme worth funding?</span>
        </>
      }
      beside={
        numbers && (
          <>
            <PolicyState policy={numbers.policy} span={numbers.quarter} />
            {numbers.seal && <FrozenBadge quarter={numbers.quarter.label} />}
            {me?.demo && <DemoMarker />}
          </>
        )
      }
      lead={
        numbers && (
          <span className="tabular">
            <strong className="font-semibold text-ink">{numbers.quarter.label}</strong>,{" "}
            {spanInWords(numbers.quarter)}
            {standsAt(numbers)} · facts as of {dayInWords(numbers.asOf)}
            {look.asOf && <strong className="font-semibold text-warn">, a past day</strong>} ·{" "}
            {numbers.reportingCurrency}
          </span>
        )
      }
      actions={
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <LookMenu params={look} today={me?.today} onChange={onLook} />
          <Button onPress={onRank}>Ranking</Button>
          <Button look={compare ? "primary" : "plain"} aria-pressed={compare} onPress={onCompare}>
            Compare <Kbd keys="V" className={compare ? "opacity-80" : ""} />
          </Button>
          <Button icon="export" onPress={() => window.print()}>
            Print <Kbd keys="⌘ P" className="max-sm:hidden" />
          </Button>
          {numbers && (
            <QuarterPicker
              quarters={numbers.quarters}
              quarter={numbers.quarter.label}
              current={me?.quarter}
              onChange={onQuarter}
            />
          )}
        </div>
      }
    />
  );
}
