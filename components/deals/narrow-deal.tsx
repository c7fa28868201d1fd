"use client";

import { StatusGlyph } from "@/components/shared/deal-status";
import { EvidenceMark } from "@/components/shared/evidence";
import { WholeMoney } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { IconButton } from "@/components/ui/button";
import { needsDecision } from "@/lib/metrics/deal-status";
import { dayInWords } from "@/lib/text/days";
import { type DealRow, PartnerChips, StatusText } from "./deal-row";
import { useSelection } from "./selection";

/** A deal where a table has no room. */
export function NarrowDeal({
  row,
  currency,
  me,
}: {
  row: DealRow;
  currency: string | undefined;
  /** The reader, as the CRM names them; null for who owns no deals. */
  me: string | null;
}) {
  const { peekAt } = useSelection();
  return (
    <div className="flex items-center gap-1">
      <NarrowLines row={row} currency={currency} me={me} />
      <IconButton
        label={`What can be done with ${row.account ?? row.id}`}
        icon="more"
        className="-mr-2 h-14 w-11 shrink-0"
        onPress={() => peekAt(row)}
      />
    </div>
  );
}

function NarrowLines({
  row,
  currency,
  me,
}: {
  row: DealRow;
  currency: string | undefined;
  me: string | null;
}) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-0.5 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <StatusGlyph status={row.status} />
          <span className="truncate font-medium">{row.account ?? row.id}</span>
        </span>
        <WholeMoney amount={row.amount} currency={row.currency} list={currency} />
      </div>
      <div className="flex items-center justify-between gap-3 pl-5.5 text-ink-2 text-xs">
        <span className="truncate">
          {row.owner} · {row.closedOn ? dayInWords(row.closedOn) : `stage ${row.stage}`}
        </span>
        <span className="flex items-center gap-2">
          {row.evidence && <EvidenceMark grade={row.evidence} />}
          <OutcomeBadge outcome={row.outcome} />
        </span>
      </div>
      <div className="flex h-5 items-center gap-1.5 overflow-hidden pl-5.5">
        {row.status !== "decided" && row.status !== "no_partner" && (
          <span className={needsDecision(row.status) ? "shrink-0" : "min-w-0"}>
            <StatusText row={row} me={me} />
          </span>
        )}
        <PartnerChips row={row} />
      </div>
    </div>
  );
}
