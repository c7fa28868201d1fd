"use client";

import { useState } from "react";
import { Money } from "@/components/shared/money";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { CLOSE_CATEGORIES, missingCosts } from "@/lib/metrics/cost-categories";
import { dayInWords } from "@/lib/text/days";
import { capital, count } from "@/lib/text/words";
import { type Finance, SIDE_LABELS } from "./finance-rows";

const CostDialog = onDemand(() => import("./cost-dialog").then((m) => m.CostDialog));

type Cost = Finance["costs"][number];
interface Shown {
  finance: Finance;
  quarter: string;
  mayEdit: boolean;
}

const named = (category: string) =>
  category === "any" ? "Any cost" : capital(category.replaceAll("_", " "));

/** One quarter's costs line by line: who entered each and what shows it, what is missing, and what is said to be none. */
export function CostLedger({ finance, quarter, before, mayEdit }: Shown & { before: string }) {
  const [opened, setOpened] = useState<Cost | null>(null);
  const copy = useWrite("copyCosts", {
    said: ({ answer }) => `${count(answer.copied, "line")} copied from ${before} to ${quarter}`,
  });
  const lines = finance.costs.filter((cost) => cost.quarter === quarter);
  return (
    <Panel
      title={`Ledger of ${quarter}`}
      id="cost-ledger"
      aside={
        mayEdit &&
        finance.costs.some((cost) => cost.quarter === before) && (
          <Button
            size="small"
            isPending={copy.isPending}
            onPress={() => copy.mutate({ from: before, to: quarter })}
          >
            Copy {before}
          </Button>
        )
      }
    >
      <Table label={`Costs of ${quarter}, line by line`}>
        <thead>
          <tr>
            <Th>Category</Th>
            <Th align="end">Amount</Th>
            <Th>Entered</Th>
            <Th>Shown by</Th>
            <Th>Partners</Th>
            <Th>
              <span className="sr-only">Change</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {lines.map((cost) => (
            <Line
              key={`${cost.side} ${cost.category} ${cost.currency}`}
              cost={cost}
              onOpen={mayEdit ? () => setOpened(cost) : null}
            />
          ))}
          <Unentered {...{ finance, quarter, mayEdit }} />
        </tbody>
      </Table>
      {opened && <CostDialog cost={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}

function Line({ cost, onOpen }: { cost: Cost; onOpen: (() => void) | null }) {
  const { side, category, amount, currency, entered, evidence, shares } = cost;
  return (
    <tr>
      <th scope="row" className="h-10 border-line border-b pr-2 text-left font-normal">
        {named(category)} <span className="block text-2xs text-ink-3">{SIDE_LABELS[side]}</span>
      </th>
      <Td align="end">
        <Money amount={amount} currency={currency} />
      </Td>
      <Td className="whitespace-nowrap">
        {entered ? `${entered.by}, ${dayInWords(entered.on)}` : <span className="text-ink-3">by a file</span>}
      </Td>
      <Td>
        {evidence ? (
          <a
            href={evidence}
            target="_blank"
            rel="noreferrer"
            className="text-accent-ink underline underline-offset-2"
          >
            {new URL(evidence).host}
          </a>
        ) : (
          <span className="text-ink-3">nothing</span>
        )}
      </Td>
      <Td>
        {shares.length === 0 ? (
          <span className="text-ink-3">not told</span>
        ) : (
          shares.map((one) => (
            <span key={one.id} className="block whitespace-nowrap">
              {one.name} <Money amount={one.amount} currency={currency} />
            </span>
          ))
        )}
      </Td>
      <Td align="end">
        {onOpen && <IconButton label={`Change ${named(category)}`} icon="edit" onPress={onOpen} />}
      </Td>
    </tr>
  );
}

/** What the close asks for and nobody entered: missing, which is no 0, or said to be none. */
function Unentered({ finance, quarter, mayEdit }: Shown) {
  const say = useWrite("sayNoCost", {
    said: (_, { none, category }) =>
      none === false ? `${named(category)} is missing again` : `${named(category)}: none in ${quarter}`,
  });
  const of = ({ quarter: one }: { quarter: string }) => one === quarter;
  const nones = finance.nones.filter(of);
  const missing = missingCosts(finance.costs.filter(of), nones);
  return CLOSE_CATEGORIES.flatMap(({ side, category }) => {
    const none = nones.find((one) => one.side === side && one.category === category);
    const isMissing = missing.some((one) => one.side === side && one.category === category);
    if (!none && !isMissing) return [];
    return (
      <tr key={`${side} ${category}`}>
        <th scope="row" className="h-10 border-line border-b pr-2 text-left font-normal">
          {named(category)} <span className="block text-2xs text-ink-3">{SIDE_LABELS[side]}</span>
        </th>
        <Td align="end">{none ? <Chip>None</Chip> : <Chip tone="warn">Missing</Chip>}</Td>
        <Td colSpan={3} className="text-ink-2">
          {none
            ? `${none.said.by ?? "Somebody"} said so, ${dayInWords(none.said.on)}`
            : "Nothing entered: it is not counted as 0"}
        </Td>
        <Td align="end">
          {mayEdit && (
            <Button
              size="small"
              isPending={say.isPending}
              onPress={() => say.mutate({ quarter, side, category, none: !none })}
            >
              {none ? "Take back" : "Say none"}
            </Button>
          )}
        </Td>
      </tr>
    );
  });
}
