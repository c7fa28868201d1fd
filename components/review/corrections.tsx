import { ValueText } from "@/components/shared/figures/figure-value";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Icon } from "@/components/ui/icon";
import type { Value } from "@/lib/metrics/value";
import { dayInWords } from "@/lib/text/days";
import type { ReviewAnswer } from "./answers";

type Corrections = ReviewAnswer["corrections"];

/** The journal of a review: what two accepted of former quarters since they were frozen, and what it makes of them. */
export function CorrectionsOf({ corrections, currency }: { corrections: Corrections; currency: string }) {
  if (corrections.rows.length === 0) return null;
  return (
    <section aria-label="Corrections of former quarters" className="mt-10">
      <h2 className="eyebrow mb-2">Corrections of former quarters</h2>
      <ul className="divide-y divide-line border-line border-y">
        {corrections.rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
            <span className="font-medium">{(row.corrected ?? row.sealed)?.account ?? row.dealId}</span>
            <span className="tabular text-ink-3 text-xs">{row.quarter}</span>
            <span className="flex flex-wrap items-center gap-2">
              <Glance glance={row.sealed} absent="not in the seal" />
              <Icon name="chevronRight" className="size-3 text-ink-3" />
              <span className="sr-only">is now</span>
              <Glance glance={row.corrected} absent="gone" />
            </span>
            <span className="basis-full text-ink-2 text-xs">
              “{row.reason}” {row.proposedBy.name} and {row.acceptedBy.name}, {dayInWords(row.acceptedOn)}
            </span>
          </li>
        ))}
      </ul>
      {corrections.numbers.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1 text-xs">
          {corrections.numbers.map(({ quarter, metric, figure, name, unit, sealed, corrected }) => (
            <li key={`${quarter}.${metric}.${figure}`} className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-ink-3">
                {quarter}, {name}
              </span>
              <ValueText value={sealed as Value} unit={unit} currency={currency} />
              <Icon name="chevronRight" className="size-2.5 self-center text-ink-3" />
              <span className="sr-only">would be, corrected,</span>
              <span className="font-medium">
                <ValueText value={corrected as Value} unit={unit} currency={currency} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Glance({ glance, absent }: { glance: Corrections["rows"][number]["sealed"]; absent: string }) {
  if (!glance) return <span className="text-ink-3">{absent}</span>;
  return (
    <span className="flex items-center gap-2">
      <OutcomeBadge outcome={glance.outcome} />
      <Money amount={glance.amount} currency={glance.currency} />
    </span>
  );
}
