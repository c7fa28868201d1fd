"use client";

import { OUTCOME_COLOURS, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import type { Outputs } from "@/lib/api/client";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { wholeMoney } from "@/lib/metrics/value-text";
import { sumMinor } from "@/lib/money";
import { percentOf, thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Answer = Outputs["lensTable"];
type Lens = Answer["lenses"][number];
type Cell = Lens["outcomes"][number];

interface Shown {
  table: Answer;
  onOpen(model: Lens["model"], outcome: Outcome): void;
}

/** Model under model, each with its own outcomes: a bar to scale, and below it each outcome as a number that opens. */
export function LensTable({ table, onOpen }: Shown) {
  return (
    <div className="flex flex-col divide-y divide-line border-line border-b">
      {table.lenses.map((lens) => (
        <section
          key={lens.model}
          aria-label={MODEL_WORDS[lens.model].label}
          className={classNames(
            "-mx-2 break-inside-avoid px-2 py-4",
            lens.own && "bg-accent-soft/40 print:bg-transparent",
          )}
        >
          <LensHead lens={lens} policy={table.policy} />
          <Bar lens={lens} total={table.deals} />
          <ul className="mt-1 grid grid-cols-2 sm:grid-cols-[repeat(auto-fill,minmax(8.75rem,1fr))] print:grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))]">
            {lens.outcomes.map((cell) => (
              <li key={cell.outcome}>
                <OpeningCell
                  {...{ cell, lens }}
                  total={table.deals}
                  onOpen={() => onOpen(lens.model, cell.outcome)}
                />
              </li>
            ))}
            <li className="px-2 py-1.5 sm:border-line sm:border-l">
              <span className="block font-medium text-ink-2 text-xs">Total</span>
              <CellNumbers deals={table.deals} share="100 %" amounts={totalOf(lens.outcomes)} />
            </li>
          </ul>
        </section>
      ))}
    </div>
  );
}

/** What all outcomes of a model come to, each currency by itself: amounts of two are never one sum. */
export function totalOf(outcomes: readonly Pick<Cell, "amounts">[]): Cell["amounts"] {
  const sums = new Map<string, number>();
  for (const { amounts } of outcomes)
    for (const { amount, currency } of amounts)
      sums.set(currency, sumMinor([sums.get(currency) ?? 0, amount]));
  return [...sums].sort().map(([currency, amount]) => ({ amount, currency }));
}

function LensHead({ lens: { model, own }, policy }: { lens: Lens; policy: Answer["policy"] }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <h2 className="font-semibold">{MODEL_WORDS[model].label}</h2>
      {own && (
        <Chip tone={policy.signed ? "accent" : "dashed"}>
          {policy.signed ? "Counts" : "Counts, as a draft"}
        </Chip>
      )}
      <p className="text-ink-2 text-xs">{MODEL_WORDS[model].definition}</p>
    </div>
  );
}

/** The least share of the bar that has room for a shape. */
const ROOM_FOR_GLYPH = 0.03;

/** The share of deals by outcome; told apart by shape, too. The cells below say the same in numbers. */
function Bar({ lens, total }: { lens: Lens; total: number }) {
  return (
    <span
      aria-hidden="true"
      className="mt-2 flex h-4 w-full gap-0.5 overflow-hidden rounded-sm [print-color-adjust:exact]"
    >
      {lens.outcomes
        .filter(({ deals }) => deals > 0)
        .map(({ outcome, deals }) => (
          <span
            key={outcome}
            className="flex h-full min-w-0.5 items-center overflow-hidden rounded-[2px] pl-1"
            style={{
              width: `${(deals / total) * 100}%`,
              background: `color-mix(in oklab, ${OUTCOME_COLOURS[outcome]} 26%, var(--surface))`,
              boxShadow: `inset 0 0 0 1px ${OUTCOME_COLOURS[outcome]}`,
            }}
          >
            {deals / total >= ROOM_FOR_GLYPH && <OutcomeGlyph outcome={outcome} />}
          </span>
        ))}
    </span>
  );
}

/** One outcome of a model; with deals in it, it opens to them. */
function OpeningCell({
  cell: { deals, amounts, outcome },
  lens,
  total,
  onOpen,
}: {
  cell: Cell;
  lens: Lens;
  total: number;
  onOpen(): void;
}) {
  const words = OUTCOME_WORDS[outcome];
  const name = (
    <span className="flex items-center gap-1.5 whitespace-nowrap font-medium text-xs">
      <OutcomeGlyph outcome={outcome} />
      {words.label}
    </span>
  );
  if (deals === 0)
    return (
      <div className="px-2 py-1.5 text-ink-3">
        {name}
        <span aria-hidden="true">–</span>
        <span className="sr-only">no deal</span>
      </div>
    );
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={`${count(deals, "deal")} ${words.label} under ${MODEL_WORDS[lens.model].label}: open them`}
      className="group/cell w-full rounded-md px-2 py-1.5 text-left hover:bg-hover"
    >
      {name}
      <CellNumbers deals={deals} share={percentOf(deals, total)} amounts={amounts} opens />
    </button>
  );
}

function CellNumbers({
  deals,
  share,
  amounts,
  opens = false,
}: {
  deals: number;
  share: string;
  amounts: Cell["amounts"];
  opens?: boolean;
}) {
  return (
    <>
      <span className="flex items-baseline gap-1.5">
        <span
          className={classNames(
            "tabular font-semibold text-lg",
            opens && "decoration-line-control underline-offset-4 group-hover/cell:underline",
          )}
        >
          {thousands(deals)}
        </span>
        <span className="tabular text-2xs text-ink-3">{share}</span>
      </span>
      <span className="flex flex-wrap gap-x-2 text-2xs text-ink-2">
        {amounts.map(({ amount, currency }) => (
          <span key={currency} className="tabular whitespace-nowrap">
            {wholeMoney(amount, currency)}
          </span>
        ))}
      </span>
    </>
  );
}
