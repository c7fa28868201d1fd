import { EvidenceSplit } from "@/components/shared/evidence";
import { useDealsOfParts } from "@/components/shared/look/look";
import type { FigureReport } from "@/lib/metrics/quarter-report";

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
  const dealsOfParts = useDealsOfParts();
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
