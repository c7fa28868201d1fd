"use client";

import { useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { Step } from "./steps";

const CASE_WORDS = { open: "to decide", deferred: "deferred", settled: "settled" } as const;

/** The whole meeting in a column: where one is, what is done, what is left. */
export function Agenda({
  steps,
  position,
  onGo,
}: {
  steps: readonly Step[];
  position: string;
  onGo(id: string): void;
}) {
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the position is what moves it into sight
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, [position]);
  let number = 0;
  return (
    <nav aria-label="Agenda">
      <ol className="flex flex-col gap-px">
        {steps.map((step) => {
          const isHere = step.id === position;
          if (step.caseState === null) number++;
          return (
            <li key={step.id}>
              <button
                ref={isHere ? current : undefined}
                type="button"
                aria-current={isHere ? "step" : undefined}
                onClick={() => onGo(step.id)}
                className={classNames(
                  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left",
                  step.caseState !== null && "pl-5",
                  isHere
                    ? "bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--line-strong)]"
                    : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                {step.caseState === null ? (
                  <span className="tabular w-4 shrink-0 text-ink-3 text-xs">{number}</span>
                ) : (
                  <CaseMark state={step.caseState} />
                )}
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{step.name}</span>
                  {step.detail && <span className="block truncate text-ink-3 text-xs">{step.detail}</span>}
                </span>
                {step.caseState && <span className="sr-only">{CASE_WORDS[step.caseState]}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function CaseMark({ state }: { state: NonNullable<Step["caseState"]> }) {
  if (state === "settled") return <Icon name="check" className="size-3.5 text-accent" />;
  if (state === "deferred") return <Icon name="clock" className="size-3.5 text-ink-3" />;
  return (
    <span aria-hidden="true" className="mx-0.75 size-2 shrink-0 rounded-full border-[1.5px] border-warn" />
  );
}
