"use client";

import { OUTCOME_COLOURS, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Chip } from "@/components/ui/chip";
import type { Outputs } from "@/lib/api/client";
import { OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { wholeMoney } from "@/lib/metrics/value-text";
import { percentOf, thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Answer = Outputs["lensTable"];
type Lens = Answer["lenses"][number];
type Cell = Lens["outcomes"][number];

interface Shown {
  table: Answer;
  onOpen(model: Lens["model"], outcome: Outcome): void;
}

/** A row a model, a column an outcome; on a narrow screen, a list a model. */
export function LensTable(shown: Shown) {
  return (
    <>
      <WideTable {...shown} />
      <NarrowList {...shown} />
    </>
  );
}

function WideTable({ table, onOpen }: Shown) {
  const columns = OUTCOMES.filter((outcome) =>
    table.lenses.some(({ outcomes }) => outcomes.some((cell) => cell.outcome === outcome && cell.deals > 0)),
  );
  return (
    <section
      aria-label="Models and outcomes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto max-md:hidden"
    >
      <table
        aria-label="Deals by model and outcome"
        className="w-full min-w-max border-separate border-spacing-0"
      >
        <thead>
          <tr>
            <th scope="col" className="eyebrow h-8 min-w-44 border-line border-b pr-2 text-left">
              Model
            </th>
            {columns.map((outcome) => (
              <th
                key={outcome}
                scope="col"
                title={OUTCOME_WORDS[outcome].definition}
                className="h-8 border-line border-b px-1 text-right align-bottom font-medium text-xs"
              >
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
                  <OutcomeGlyph outcome={outcome} />
                  {OUTCOME_WORDS[outcome].label}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.lenses.map((lens) => (
            <LensRow key={lens.model} {...{ lens, columns, table, onOpen }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One model; an outcome that it lacks is no cell. */
function LensRow({ lens, columns, table, onOpen }: Shown & { lens: Lens; columns: readonly Outcome[] }) {
  return (
    <tr className={lens.own ? "bg-accent-soft/40" : undefined}>
      <th scope="row" className="border-line border-b py-3 pr-2 pl-2 text-left align-top font-normal">
        <LensHead lens={lens} policy={table.policy} />
        <Bar lens={lens} total={table.deals} />
      </th>
      {columns.map((outcome) => {
        const cell = lens.outcomes.find((one) => one.outcome === outcome);
        return (
          <td key={outcome} className="border-line border-b px-0 py-2 text-right align-top">
            {cell ? (
              <CellButton cell={cell} lens={lens} onOpen={() => onOpen(lens.model, outcome)} />
            ) : (
              <span className="sr-only">not in this model</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function NarrowList({ table, onOpen }: Shown) {
  return (
    <ul className="flex flex-col divide-y divide-line border-line border-t md:hidden">
      {table.lenses.map((lens) => (
        <li key={lens.model} className="py-4">
          <LensHead lens={lens} policy={table.policy} />
          <Bar lens={lens} total={table.deals} />
          <ul className="mt-2">
            {lens.outcomes.map((cell) => (
              <li key={cell.outcome} className="flex items-start justify-between gap-3">
                <span className="inline-flex items-center gap-1.5 py-1.5 font-medium">
                  <OutcomeGlyph outcome={cell.outcome} />
                  {OUTCOME_WORDS[cell.outcome].label}
                </span>
                <CellButton cell={cell} lens={lens} onOpen={() => onOpen(lens.model, cell.outcome)} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function LensHead({ lens: { model, own }, policy }: { lens: Lens; policy: Answer["policy"] }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-2 font-semibold">
        {MODEL_WORDS[model].label}
        {own && (
          <Chip tone={policy.signed ? "accent" : "dashed"}>
            {policy.signed ? "Counts" : "Counts, as a draft"}
          </Chip>
        )}
      </span>
      <span className="block max-w-48 text-pretty text-ink-2 text-xs">{MODEL_WORDS[model].definition}</span>
    </>
  );
}

/** The share of deals by outcome; the cells beside it say the same in numbers. */
function Bar({ lens, total }: { lens: Lens; total: number }) {
  return (
    <span
      aria-hidden="true"
      className="mt-2 flex h-2 w-full max-w-48 gap-px overflow-hidden rounded-full bg-hover"
    >
      {lens.outcomes
        .filter(({ deals }) => deals > 0)
        .map(({ outcome, deals }) => (
          <span
            key={outcome}
            className="h-full"
            style={{
              width: `${(deals / total) * 100}%`,
              background: OUTCOME_COLOURS[outcome],
              opacity: outcome === "none" || outcome === "unattributed" ? 0.28 : 1,
            }}
          />
        ))}
    </span>
  );
}

function CellButton({ cell, lens, onOpen }: { cell: Cell; lens: Lens; onOpen(): void }) {
  const { deals, amounts, outcome } = cell;
  if (deals === 0)
    return (
      <span className="block px-1.5 py-1 text-ink-3">
        <span aria-hidden="true">–</span>
        <span className="sr-only">no deal</span>
      </span>
    );
  const total = lens.outcomes.reduce((sum, one) => sum + one.deals, 0);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={`${count(deals, "deal")} ${OUTCOME_WORDS[outcome].label} under ${MODEL_WORDS[lens.model].label}: open them`}
      className="inline-flex w-full flex-col items-end rounded-md px-1.5 py-1 hover:bg-hover"
    >
      <span className="tabular font-semibold text-base underline decoration-line-control underline-offset-4">
        {thousands(deals)}
      </span>
      <span className="tabular text-2xs text-ink-3">{percentOf(deals, total)}</span>
      {amounts.map(({ amount, currency }) => (
        <span key={currency} className="tabular whitespace-nowrap text-2xs text-ink-2">
          {wholeMoney(amount, currency)}
        </span>
      ))}
    </button>
  );
}
