import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

/** What is done next with it, on all its deals; each opens its deal, where it is finished. */
export function PartnerSteps({
  steps: { open, overdue, shown },
}: {
  steps: Outputs["partnerMotion"]["steps"];
}) {
  return (
    <Panel
      title="Next steps"
      id="next-steps"
      aside={
        open > 0 && (
          <span className="text-ink-3 text-xs">
            {thousands(open)} open{overdue > 0 && `, ${thousands(overdue)} overdue`}
          </span>
        )
      }
    >
      {open === 0 && <p className="text-ink-3">None open.</p>}
      <ul className="divide-y divide-line">
        {shown.map((step) => (
          <li key={step.id} className="py-1.5">
            <Link
              href={`/deals/${encodeURIComponent(step.deal.id)}`}
              className="rounded-sm font-medium hover:text-accent-ink hover:underline"
            >
              {step.what}
            </Link>
            <p className="text-ink-3 text-xs">
              {[step.deal.account, step.owner?.name].filter(Boolean).join(" · ")}
              {step.dueOn && (
                <>
                  {" · due "}
                  {dayInWords(step.dueOn)}
                  {step.overdueDays > 0 && (
                    <span className="text-warn">, {count(step.overdueDays, "day")} overdue</span>
                  )}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {open > shown.length && (
        <p className="pt-1 text-ink-3 text-xs">and {thousands(open - shown.length)} more, due later</p>
      )}
    </Panel>
  );
}
