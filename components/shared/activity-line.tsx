import Link from "next/link";
import type { ReactNode } from "react";
import { DayText } from "@/components/ui/day";
import type { Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";

/** What a list of activities says of each, whoever asks for it. */
type Line = Pick<Outputs["rankedActivities"]["rows"][number], "on" | "type" | "deal" | "stage" | "proof">;

/**
 * One activity in a list of them: its day, what it was, on which deal and at which stage, and that a proof is missing.
 * `by` says who did it, where the list is of several partners; `saysProof` says that there is one, too; `children`
 * stand below.
 */
export function ActivityLine({
  row,
  by,
  saysProof = false,
  children,
}: {
  row: Line;
  by?: string;
  saysProof?: boolean;
  children?: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 border-line border-b py-2">
      <DayText day={row.on} className="text-ink-2" />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{activityLabel(row.type)}</span>
          {by && ` by ${by}`}
          {" on "}
          <Link
            href={`/deals/${encodeURIComponent(row.deal.id)}`}
            className="rounded-sm hover:text-accent-ink hover:underline"
          >
            {row.deal.account ?? row.deal.id}
          </Link>
          <span className="text-ink-3"> · stage {row.stage}</span>
          {!row.proof ? (
            <span className="text-warn"> · no proof</span>
          ) : (
            saysProof && <span className="text-ink-2"> · with proof</span>
          )}
        </p>
        {children}
      </div>
    </li>
  );
}
