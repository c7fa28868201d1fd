"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Inputs, type Outputs } from "@/lib/api/client";
import { decimal } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Pattern = Outputs["motionPatterns"]["patterns"][number];

const SHOWN = 12;

/** What partners did at a stage, beside how long deals stayed there. */
export function LiftPatterns({ look }: { look: Inputs["motionPatterns"]["look"] }) {
  const { data, error, refetch } = useQuery(api.motionPatterns.queryOptions({ input: look ? { look } : {} }));
  return (
    <section aria-label="Patterns" className="pt-6 print:pt-3">
      <h2 className="break-after-avoid font-semibold">
        What was done at a stage, and how long deals stayed there
      </h2>
      <p className="pt-0.5 pb-2 text-pretty text-ink-2">
        Won deals of the last 365 days, medians. What was observed, not what caused it, and no credit.
      </p>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <SkeletonRows rows={4} label="Looking for patterns" />
      ) : data.patterns.length === 0 ? (
        <p className="text-ink-3">
          No partner did anything on a deal that was won: what is logged comes here.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {data.patterns.slice(0, SHOWN).map((one) => (
            <li key={`${one.stage} ${one.type}`} className="py-1.5 print:py-0.5">
              {patternWords(one)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const days = (median: number) => `${Number.isInteger(median) ? median : decimal(median, 1)} days`;

function patternWords({ label, stage, with: those, others }: Pattern): string {
  const what = `${label} at stage ${stage}`;
  if (those.median === null) return `${what}: ${count(those.n, "deal")}, too few to tell.`;
  const beside =
    others.median === null
      ? `others too few to tell (n = ${others.n})`
      : `others ${days(others.median)}, n = ${others.n}`;
  return `${what}: ${days(those.median)} there, n = ${those.n}; ${beside}.`;
}
