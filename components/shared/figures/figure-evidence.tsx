import { EvidenceSplit } from "@/components/shared/evidence";
import type { FigureReport } from "@/lib/metrics/quarter-report";
import { dealsOfParts } from "./deals-of-parts";

/** Who stands behind a figure that is an amount, each part opening to its deals; nothing for other figures. */
export function FigureEvidence({
  figure: { evidence, opens },
  metric,
  quarter,
  currency,
  compact,
}: {
  figure: FigureReport;
  metric: string;
  quarter: string;
  currency: string;
  compact?: boolean;
}) {
  if (!evidence) return null;
  const parts = opens.map(({ part }) => part);
  return (
    <EvidenceSplit
      shares={evidence}
      currency={currency}
      hrefOf={(grade) => dealsOfParts(quarter, metric, parts, { evidence: grade })}
      compact={compact}
    />
  );
}
