"use client";

import { useQueryStates } from "nuqs";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { STAGES } from "@/lib/attribution/vocabulary";
import { STAGE_WORDS } from "@/lib/attribution/words";
import { UNDATED } from "@/lib/metrics/forecast";
import { OTHER_NUMBERS } from "@/lib/metrics/other-numbers";
import { wholeMoney } from "@/lib/metrics/value-text";
import { count } from "@/lib/text/words";
import { FORECAST_PARAMS, type Forecast } from "./forecast-params";

type Cell = Omit<Forecast["cells"][number], "stage" | "close">;

const NONE: Cell = { deals: 0, amount: 0, weighted: 0 };
const plus = (one: Cell, other: Cell): Cell => ({
  deals: one.deals + other.deals,
  amount: one.amount + other.amount,
  weighted: one.weighted + other.weighted,
});
/** Those of the cells that a row, a column, both or neither hold. */
const within = ({ cells }: Forecast, stage: number | null, close: string | null) =>
  cells
    .filter((cell) => (stage === null || cell.stage === stage) && (close === null || cell.close === close))
    .reduce<Cell>(plus, NONE);

export const closeWords = (close: string) => (close === UNDATED ? "No close day" : close);

/** What is in commit, by stage and by the quarter it is expected to close in; each cell opens to its deals. */
export function CommitGrid({ forecast }: { forecast: Forecast }) {
  if (!forecast.commit || forecast.commit.deals === 0) return null;
  const closes = [...new Set(forecast.cells.map(({ close }) => close))].sort();
  const stages = STAGES.filter((stage) => forecast.cells.some((cell) => cell.stage === stage));
  return (
    <Panel
      title={OTHER_NUMBERS.commit.figures.weighted.name}
      aside={<span className="text-ink-3 text-xs">by expected close quarter</span>}
    >
      <Table label="Commit by stage and expected close quarter">
        <thead>
          <tr>
            <Th>Stage</Th>
            <Th align="end">At</Th>
            {closes.map((close) => (
              <Th key={close} align="end">
                {closeWords(close)}
              </Th>
            ))}
            <Th align="end">All</Th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage}>
              <th scope="row" className="border-line border-b pr-2 text-left font-normal">
                <span className="tabular text-ink-3">{stage}</span> {STAGE_WORDS[stage].label}
              </th>
              <Td align="end" className="tabular text-ink-2">
                {forecast.probabilities[stage]} %
              </Td>
              {[...closes, null].map((close) => (
                <CellOf key={close ?? "all"} {...{ forecast, stage, close }} />
              ))}
            </tr>
          ))}
          <tr className="font-semibold">
            <th scope="row" className="border-line border-b text-left">
              {OTHER_NUMBERS.commit.name}
            </th>
            <Td />
            {[...closes, null].map((close) => (
              <CellOf key={close ?? "all"} {...{ forecast, close }} stage={null} />
            ))}
          </tr>
        </tbody>
      </Table>
    </Panel>
  );
}

function CellOf({
  forecast,
  stage,
  close,
}: {
  forecast: Forecast;
  stage: number | null;
  close: string | null;
}) {
  const [{ treatment, ...params }, setParams] = useQueryStates(FORECAST_PARAMS, { history: "push" });
  const cell = within(forecast, stage, close);
  if (cell.deals === 0)
    return (
      <Td align="end" className="text-ink-3">
        <span aria-hidden="true">–</span>
        <span className="sr-only">no deal</span>
      </Td>
    );
  const { reportingCurrency: currency } = forecast;
  const isOpen = treatment === "commit" && params.stage === stage && params.close === close;
  const where = [stage !== null && `stage ${stage}`, close !== null && closeWords(close)].filter(Boolean);
  return (
    <Td align="end">
      <button
        type="button"
        aria-pressed={isOpen}
        aria-label={`${wholeMoney(cell.weighted, currency)} in commit${where.length > 0 ? `, ${where.join(", ")}` : ""}: list ${count(cell.deals, "deal")}`}
        onClick={() => setParams({ treatment: null, stage, close })}
        className="rounded-sm px-1 text-right hover:bg-hover aria-pressed:bg-accent-soft"
      >
        <span className="tabular block whitespace-nowrap underline decoration-line-control underline-offset-4">
          {wholeMoney(cell.weighted, currency)}
        </span>
        <span className="tabular block whitespace-nowrap font-normal text-2xs text-ink-3">
          of {wholeMoney(cell.amount, currency).slice(4)} · {count(cell.deals, "deal")}
        </span>
      </button>
    </Td>
  );
}
