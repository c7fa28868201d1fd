"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { isRefusal } from "@/lib/errors";
import { COST_SIDES, type CostSide } from "@/lib/interchange/kinds";
import { formatMajor, formatMoney, parseMajor } from "@/lib/money";
import { thousands } from "@/lib/text/numbers";
import { capital } from "@/lib/text/words";
import { type CostRow, costRows, type Finance, rowKey, SIDE_LABELS, totalsOf } from "./finance-rows";
import { GridCell } from "./grid-cell";
import { QuarterHeads } from "./quarter-heads";

const AddCategoryDialog = onDemand(() => import("./add-category-dialog").then((m) => m.AddCategoryDialog));

/** What each quarter cost, by side and category; finance types straight into it. */
export function CostGrid({
  finance,
  quarters,
  current,
  currency,
  mayEdit,
}: {
  finance: Finance;
  quarters: readonly string[];
  current: string;
  currency: string;
  mayEdit: boolean;
}) {
  const [added, setAdded] = useState<readonly Omit<CostRow, "amounts">[]>([]);
  const [isAdding, setAdding] = useState(false);
  const keep = useKeep();
  return (
    <Panel
      title="Costs"
      aside={
        mayEdit && (
          <Button size="small" icon="plus" onPress={() => setAdding(true)}>
            Add category
          </Button>
        )
      }
    >
      <ScrollRegion label="Costs by quarter">
        <table className="w-full border-separate border-spacing-0">
          <QuarterHeads quarters={quarters} current={current} />
          <tbody>
            {COST_SIDES.map((side) => (
              <SideLines
                key={side}
                side={side}
                rows={costRows(side, finance.costs, currency, added)}
                quarters={quarters}
                mayEdit={mayEdit}
                onKeep={keep}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {isAdding && (
        <AddCategoryDialog
          currency={currency}
          onAdd={(row) => {
            setAdded([...added, row]);
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </Panel>
  );
}

/** The lines of one side, and what they come to. */
function SideLines({
  side,
  rows,
  quarters,
  mayEdit,
  onKeep,
}: {
  side: CostSide;
  rows: readonly CostRow[];
  quarters: readonly string[];
  mayEdit: boolean;
  onKeep(row: CostRow, quarter: string, typed: string): string | null;
}) {
  return (
    <>
      <tr>
        <th
          scope="colgroup"
          colSpan={quarters.length + 1}
          className="border-line border-b pt-4 pb-1 text-left font-semibold"
        >
          {SIDE_LABELS[side]}
        </th>
      </tr>
      {rows.map((row) => (
        <CostLine key={rowKey(row)} {...{ row, quarters, mayEdit }} onKeep={onKeep} />
      ))}
      {rows.length === 0 ? (
        <tr>
          <td colSpan={quarters.length + 1} className="py-2 text-ink-3">
            Nothing recorded. Cost per partner dollar is compared with it.
          </td>
        </tr>
      ) : (
        <Totals rows={rows} quarters={quarters} />
      )}
    </>
  );
}

function CostLine({
  row,
  quarters,
  mayEdit,
  onKeep,
}: {
  row: CostRow;
  quarters: readonly string[];
  mayEdit: boolean;
  onKeep(row: CostRow, quarter: string, typed: string): string | null;
}) {
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-1 min-w-36 border-line border-b bg-canvas pr-3 text-left font-normal text-ink-2"
      >
        {capital(row.category.replaceAll("_", " "))}{" "}
        <span className="text-2xs text-ink-3">{row.currency}</span>
      </th>
      {quarters.map((quarter) => {
        const amount = row.amounts.get(quarter);
        const plain = amount === undefined ? "" : formatMajor(amount, row.currency);
        return (
          <td key={quarter} className="border-line border-b p-0.5">
            <GridCell
              label={`${SIDE_LABELS[row.side]}, ${row.category}, ${quarter}, ${row.currency}`}
              text={thousands(plain)}
              edited={plain}
              mayEdit={mayEdit}
              onKeep={(typed) => onKeep(row, quarter, typed)}
            />
          </td>
        );
      })}
    </tr>
  );
}

function Totals({ rows, quarters }: { rows: readonly CostRow[]; quarters: readonly string[] }) {
  return (
    <tr>
      <th scope="row" className="sticky left-0 z-1 bg-canvas pr-3 text-left font-medium">
        Total
      </th>
      {quarters.map((quarter) => (
        <td key={quarter} className="tabular whitespace-nowrap px-2.5 py-1.5 text-right font-semibold">
          {totalsOf(rows, quarter).map(([code, amount]) => (
            <span key={code} className="block">
              {formatMoney(amount, code)}
            </span>
          ))}
        </td>
      ))}
    </tr>
  );
}

/** How a cost is written over: null when it was, else what is wrong with it. */
function useKeep() {
  const record = useWrite("recordCost", {
    said: (_, { category, quarter }) => `${category} of ${quarter} kept`,
    undo: true,
  });
  return (row: CostRow, quarter: string, typed: string): string | null => {
    if (typed === "")
      return row.amounts.has(quarter) ? "a recorded cost stays; write 0 if nothing was spent" : null;
    try {
      const amount = parseMajor(typed.replaceAll(",", ""), row.currency);
      const { side, category, currency: of } = row;
      record.mutate({ quarter, side, category, amount, currency: of });
      return null;
    } catch (error) {
      if (isRefusal(error)) return error.rule;
      throw error;
    }
  };
}
