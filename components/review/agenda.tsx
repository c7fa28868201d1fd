"use client";

import { useEffect, useRef } from "react";
import { KIND_WORDS } from "@/components/shared/case/exception-words";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { agendaOf, type Fold, type Step } from "./steps";
import type { MoreCases } from "./use-review-cases";

const CASE_WORDS = { open: "to decide", deferred: "deferred", settled: "settled" } as const;

const LINE = "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left";

/** The whole meeting in a column: where one is, what is done, what is left. */
export function Agenda({
  steps,
  kinds,
  more,
  position,
  onGo,
}: {
  steps: readonly Step[];
  /** Of the whole quarter, whichever of its cases are here. */
  kinds: ReviewAnswer["exceptions"]["kinds"];
  more: MoreCases;
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
        {agendaOf(steps, position).map((line) => {
          if ("steps" in line) {
            const counted = kinds.find(({ kind }) => kind === line.kind);
            return <FoldLine key={`kind:${line.kind}`} fold={line} counted={counted} onGo={onGo} />;
          }
          const isHere = line.id === position;
          if (line.caseState === null) number++;
          return (
            <li key={line.id}>
              <button
                ref={isHere ? current : undefined}
                type="button"
                aria-current={isHere ? "step" : undefined}
                onClick={() => onGo(line.id)}
                className={classNames(
                  LINE,
                  line.caseState !== null && "pl-5",
                  isHere
                    ? "bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--line-strong)]"
                    : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                {line.caseState === null ? (
                  <span className="tabular w-4 shrink-0 text-ink-3 text-xs">{number}</span>
                ) : (
                  <CaseMark state={line.caseState} />
                )}
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{line.name}</span>
                  {line.detail && <span className="block truncate text-ink-3 text-xs">{line.detail}</span>}
                </span>
                {line.caseState && <span className="sr-only">{CASE_WORDS[line.caseState]}</span>}
              </button>
            </li>
          );
        })}
      </ol>
      {more.left > 0 && <MoreLine more={more} />}
    </nav>
  );
}

/** Cases that are not here yet. */
function MoreLine({ more: { left, isPending, ask } }: { more: MoreCases }) {
  return (
    <button
      type="button"
      onClick={ask}
      disabled={isPending}
      className={classNames(LINE, "pl-5 text-ink-2 hover:bg-hover hover:text-ink")}
    >
      {isPending ? "Loading cases" : count(left, "more case")}
    </button>
  );
}

/** Cases of one kind: how many, how many are left, and the way to the first that is. */
function FoldLine({
  fold: { kind, steps },
  counted,
  onGo,
}: {
  fold: Fold;
  counted: ReviewAnswer["exceptions"]["kinds"][number] | undefined;
  onGo(id: string): void;
}) {
  const first = steps.find(({ caseState }) => caseState === "open") ?? steps[0];
  const { open, deferred, settled } = counted ?? { open: 0, deferred: 0, settled: steps.length };
  const rest = open > 0 ? `${open} to decide` : deferred > 0 ? `${deferred} deferred` : "settled";
  return (
    <li>
      <button
        type="button"
        onClick={() => first && onGo(first.id)}
        className={classNames(LINE, "pl-5 text-ink-2 hover:bg-hover hover:text-ink")}
      >
        <CaseMark state={open > 0 ? "open" : deferred > 0 ? "deferred" : "settled"} />
        <span className="min-w-0 flex-1">
          <span className="block truncate">{KIND_WORDS[kind].label}</span>
          <span className="tabular block truncate text-ink-3 text-xs">
            {count(open + deferred + settled, "case")}, {rest}
          </span>
        </span>
      </button>
    </li>
  );
}

function CaseMark({ state }: { state: NonNullable<Step["caseState"]> }) {
  if (state === "settled") return <Icon name="check" className="size-3.5 text-accent" />;
  if (state === "deferred") return <Icon name="clock" className="size-3.5 text-ink-3" />;
  return (
    <span aria-hidden="true" className="mx-0.75 size-2 shrink-0 rounded-full border-[1.5px] border-warn" />
  );
}
