import Link from "next/link";
import { useDealsOfParts } from "@/components/shared/look/look";
import type { CountedPart, MetricReport } from "@/lib/metrics/quarter-report";
import { thousands } from "@/lib/text/numbers";

/** Every set of deals that the metric is made of or compares, each once, in the order they are named. */
function partsOf({ sides, figures }: MetricReport): CountedPart[] {
  // An empty set says something only on a side that is compared.
  const all = [...sides, ...figures.flatMap(({ opens }) => opens).filter(({ deals }) => deals > 0)];
  return [...new Map(all.map((part) => [part.part, part])).values()];
}

/** n, set by set; each opens to exactly its deals. */
export function MetricParts({ metric, quarter }: { metric: MetricReport; quarter: string }) {
  const dealsOfParts = useDealsOfParts();
  return (
    <p className="text-2xs text-ink-3 leading-5 print:leading-4">
      <span className="mr-1.5 font-medium text-ink-2">Deals counted:</span>
      {partsOf(metric).map(({ part, name, deals }, at) => (
        <span key={part}>
          {at > 0 && " · "}
          <Link
            href={dealsOfParts(quarter, metric.key, [part])}
            prefetch={false}
            className="tabular rounded-sm decoration-line-control underline-offset-2 hover:text-ink hover:underline"
          >
            <span className="font-medium text-ink-2">{thousands(deals)}</span> {name.toLowerCase()}
          </Link>
        </span>
      ))}
    </p>
  );
}
