"use client";

import { Money } from "@/components/shared/money";
import { PartnerName } from "@/components/shared/names";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { classNames } from "@/components/ui/class-names";
import { DayText } from "@/components/ui/day";
import { ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { FactEvidence, secondOfRow } from "./fact-evidence";
import { Change, Confirm, Confirmed, type RoleRowAnswer } from "./role-row";

/** One row of the role table where there is no room for a table: all of it read down, its answer under the thumb. */
export function RoleCard({
  row,
  currency,
  isCited,
  onEdit,
}: {
  row: RoleRowAnswer;
  currency: string;
  isCited: boolean;
  onEdit(): void;
}) {
  const { refused, confirmedOn } = row;
  return (
    <li
      className={classNames(
        "flex flex-col gap-2 rounded-lg border border-line bg-surface p-3",
        isCited && "bg-accent-soft",
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <span className="min-w-0">
          <PartnerName partner={row.partner} className="block font-medium" />
          <span className="block text-ink-2 text-xs">{row.contact ?? "no contact"}</span>
        </span>
        <Change row={row} onEdit={onEdit} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span>
          {ROLE_WORDS[row.role].label}{" "}
          <span className="text-ink-2 text-xs">
            at stage {row.touchStage}, {STAGE_WORDS[row.touchStage].label}, <DayText day={row.touchedOn} />
          </span>
        </span>
        <span className="flex items-center gap-2">
          <OutcomeBadge outcome={row.outcome} size="small" />
          {row.credit > 0 && <Money amount={row.credit} currency={currency} />}
        </span>
      </div>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-2 text-xs">
        <span>
          Recorded by {row.recordedBy ?? "an import"}, <DayText day={row.recordedOn} />
        </span>
        {!refused && <FactEvidence {...row} second={secondOfRow(row)} />}
      </p>
      {refused ? (
        <p className="text-ink-2 text-xs">
          Refused by {refused.by}, <DayText day={refused.on} />: {refused.reason}
        </p>
      ) : confirmedOn ? (
        <Confirmed by={row.confirmedBy} on={confirmedOn} />
      ) : (
        <Confirm row={row} isWide />
      )}
    </li>
  );
}
