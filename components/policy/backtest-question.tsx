"use client";

import { ToggleButton } from "react-aria-components/ToggleButton";
import { Button } from "@/components/ui/button";
import { FIELD_LABEL } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { STANDING_WORDS } from "./policy-words";
import { type BacktestQuestion, IN_FORCE } from "./use-backtest-question";

/** Asks what to hold the text against, and over which quarters. */
export function QuestionFields({ question }: { question: BacktestQuestion }) {
  return (
    <>
      <Select
        label="Hold this text against"
        className="max-w-md"
        value={question.against}
        choices={[
          { value: IN_FORCE, label: "What judges each deal now", note: "The policy in force on its day" },
          ...question.others.map(({ id, title, state }) => ({
            value: id,
            label: title,
            note: STANDING_WORDS[state].label,
          })),
        ]}
        onChange={question.setAgainst}
      />
      <Quarters question={question} />
    </>
  );
}

function Quarters({ question: { offered, quarters, setQuarters } }: { question: BacktestQuestion }) {
  return (
    <fieldset>
      <legend className={FIELD_LABEL}>Over deals created or closed in</legend>
      <div className="mt-1 flex flex-wrap gap-1.5">
        {offered.map((quarter) => (
          <ToggleButton
            key={quarter}
            isSelected={quarters.includes(quarter)}
            onChange={(on) =>
              setQuarters(on ? [...quarters, quarter] : quarters.filter((one) => one !== quarter))
            }
            className={
              "tabular h-7 rounded-md border border-line-strong bg-surface px-2.5 text-ink-2 text-xs hover:border-line-control " +
              "selected:border-accent selected:bg-accent-soft selected:font-medium selected:text-accent-ink"
            }
          >
            {quarter}
          </ToggleButton>
        ))}
        <Button size="small" look="quiet" onPress={() => setQuarters(quarters.length > 0 ? [] : offered)}>
          {quarters.length > 0 ? "None: all deals of all time" : "All of them"}
        </Button>
      </div>
    </fieldset>
  );
}
