"use client";

import { useState } from "react";
import { OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th } from "@/components/ui/table";
import { Tooltip } from "@/components/ui/tooltip";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import type { BacktestSummary, CreditLine } from "@/lib/metrics/backtest";
import { wholeMoney } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Partner = BacktestSummary["partners"][number];

const SHOWN = 12;

/** On how many deals the partner's own outcome changes. */
const touched = ({ gains, loses }: Partner) => gains + loses;

/** Credit by partner before and after: those whose outcomes change most stand first. */
export function PartnersCompare({
  partners,
  names,
  onOpen,
}: {
  partners: readonly Partner[];
  names: Readonly<Record<string, string>>;
  onOpen?(partnerId: string): void;
}) {
  const [all, setAll] = useState(false);
  const ordered = [...partners].sort((one, other) => touched(other) - touched(one));
  const changed = ordered.filter((partner) => touched(partner) > 0);
  const shown = all ? ordered : ordered.slice(0, Math.max(SHOWN, Math.min(changed.length, 40)));
  if (partners.length === 0) return <p className="text-ink-2">No partner has credit on either side.</p>;
  return (
    <>
      <Table label="Credit by partner before and after" className="min-w-120">
        <thead>
          <tr>
            <Th>Partner</Th>
            <Th align="end">Gains on</Th>
            <Th align="end">Loses on</Th>
            <Th align="end">Credit before</Th>
            <Th align="end">Credit after</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((partner) => (
            <PartnerRow
              key={partner.partnerId}
              partner={partner}
              name={names[partner.partnerId] ?? partner.partnerId}
              onOpen={onOpen && touched(partner) > 0 ? () => onOpen(partner.partnerId) : null}
            />
          ))}
        </tbody>
      </Table>
      <p className="mt-1.5 text-2xs text-ink-3">
        Deals on which the partner's own outcome gets better or worse. Lines of different outcomes are never
        added.
      </p>
      {ordered.length > shown.length && (
        <Button size="small" className="mt-2" onPress={() => setAll(true)}>
          Show all {count(ordered.length, "partner")}
        </Button>
      )}
    </>
  );
}

function PartnerRow({
  partner: { before, after, gains, loses },
  name,
  onOpen,
}: {
  partner: Partner;
  name: string;
  /** Null where there is nothing to open. */
  onOpen: (() => void) | null;
}) {
  return (
    <tr>
      <th scope="row" className="border-line border-b py-1.5 pr-2 text-left align-top font-medium">
        {onOpen ? (
          <button
            type="button"
            onClick={onOpen}
            className="rounded-sm text-left underline decoration-line-control underline-offset-3 hover:decoration-accent"
          >
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <Td align="end" className="tabular h-auto py-1.5 align-top">
        {gains > 0 ? <span className="font-semibold text-accent-ink">{thousands(gains)}</span> : <None />}
      </Td>
      <Td align="end" className="tabular h-auto py-1.5 align-top">
        {loses > 0 ? <span className="font-semibold text-danger">{thousands(loses)}</span> : <None />}
      </Td>
      <Td align="end" className="h-auto py-1.5 align-top text-ink-2">
        <Credit lines={before} />
      </Td>
      <Td align="end" className="h-auto py-1.5 align-top">
        <Credit lines={after} />
      </Td>
    </tr>
  );
}

const None = () => (
  <span className="text-ink-3">
    <span aria-hidden="true">–</span>
    <span className="sr-only">no deal</span>
  </span>
);

function Credit({ lines }: { lines: readonly CreditLine[] }) {
  if (lines.length === 0) return <None />;
  return (
    <ul className="flex flex-col gap-0.5">
      {lines.flatMap(({ outcome, amounts }) =>
        amounts.map(({ amount, currency }) => (
          <li
            key={`${outcome} ${currency}`}
            className="flex items-center justify-end gap-1.5 whitespace-nowrap text-xs"
          >
            <OutcomeGlyph outcome={outcome} />
            <span className="sr-only">{OUTCOME_WORDS[outcome].label}</span>
            <Tooltip text={OUTCOME_WORDS[outcome].label}>
              <span className="tabular">{wholeMoney(amount, currency)}</span>
            </Tooltip>
          </li>
        )),
      )}
    </ul>
  );
}
