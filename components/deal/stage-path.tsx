import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { STAGES } from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, STAGE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { StageMarks } from "./stage-mark";
import { stageMarks } from "./stage-marks";

type Answer = Outputs["deal"];

/** The way a deal came: each stage with the day it was entered, the days it took, and what partners did there. */
export function StagePath({ answer }: { answer: Pick<Answer, "deal" | "path" | "roles" | "timeline"> }) {
  const { deal, path } = answer;
  const marks = stageMarks(answer);
  // Before any opportunity and after the sale are on the path only of deals that were there, or somebody was.
  const shown = STAGES.filter(
    (stage) => (stage > 0 && stage < 6) || marks.has(stage) || path.some((entry) => entry.stage === stage),
  );
  return (
    <ol aria-label="Stage path" className="flex flex-wrap gap-y-2">
      {shown.map((stage) => {
        const entries = path.filter((entry) => entry.stage === stage);
        const last = entries.at(-1);
        const current = deal.state === "open" && deal.stage === stage;
        const days = entries.reduce((sum, entry) => sum + entry.days, 0);
        return (
          <li key={stage} aria-current={current ? "step" : undefined} className="min-w-28 flex-1 pr-1">
            <span
              aria-hidden="true"
              className={classNames(
                "mb-1.5 block h-1 rounded-full",
                current ? "bg-accent" : last ? "bg-ink-3" : "bg-line",
              )}
            />
            <span
              className={classNames(
                "block truncate text-xs",
                current ? "font-semibold text-ink" : last ? "text-ink-2" : "text-ink-3",
              )}
            >
              {stage} · {STAGE_WORDS[stage].label}
            </span>
            <span className="tabular block text-2xs text-ink-3">
              {last ? `${dayInWords(last.enteredOn, false)} · ${count(days, "day")}` : "not entered"}
            </span>
            <StageMarks marks={marks.get(stage) ?? []} />
          </li>
        );
      })}
      {deal.closedOn && (
        <li className="min-w-24 pr-1">
          <span
            aria-hidden="true"
            className={classNames(
              "mb-1.5 block h-1 rounded-full",
              deal.state === "won" ? "bg-accent" : "bg-line-control",
            )}
          />
          <span className="flex items-center gap-1 font-semibold text-xs">
            <Icon name={deal.state === "won" ? "check" : "close"} className="size-3" />
            {DEAL_OUTCOME_LABELS[deal.state]}
          </span>
          <span className="tabular block text-2xs text-ink-3">{dayInWords(deal.closedOn)}</span>
        </li>
      )}
    </ol>
  );
}
