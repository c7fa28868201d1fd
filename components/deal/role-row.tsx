"use client";

import { Money } from "@/components/shared/money";
import { PartnerName } from "@/components/shared/names";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DayText } from "@/components/ui/day";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Td } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import { OUTCOME_WORDS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { useConfirm } from "./confirm-row";
import { FactEvidence, secondOfRow } from "./fact-evidence";
import { RefuseRow } from "./second-hand";

export type RoleRowAnswer = Outputs["deal"]["roles"][number];

/** One partner's role: what was done when, who says so, whether the AE stands behind it, what it earns. */
export function RoleRow({
  row,
  currency,
  isCited,
  onEdit,
}: {
  row: RoleRowAnswer;
  currency: string;
  /** Whether Why points at it. */
  isCited: boolean;
  onEdit(): void;
}) {
  return (
    <tr className={classNames(isCited && "bg-accent-soft")}>
      <Td>
        <PartnerName partner={row.partner} className="block font-medium" />
        <span className="block text-ink-2 text-xs">{row.contact ?? "no contact"}</span>
      </Td>
      <Td>
        <span className="block whitespace-nowrap">
          <Explained text={ROLE_WORDS[row.role].definition}>{ROLE_WORDS[row.role].label}</Explained>
        </span>
        <OutcomeBadge outcome={row.outcome} size="small" />
        {row.disputed && (
          <span className="block text-warn text-xs">
            disputed: {OUTCOME_WORDS[row.disputed].label.toLowerCase()}
          </span>
        )}
      </Td>
      <Td className="whitespace-nowrap">
        <span className="tabular block">
          <Explained text={STAGE_WORDS[row.touchStage].label}>Stage {row.touchStage}</Explained>
        </span>
        <DayText day={row.touchedOn} className="text-2xs text-ink-3" />
      </Td>
      <Td className="text-ink-2">
        <span className="block whitespace-nowrap">{row.recordedBy ?? "Import"}</span>
        <DayText day={row.recordedOn} className="block text-2xs text-ink-3" />
        {!row.refused && <FactEvidence {...row} second={secondOfRow(row)} />}
      </Td>
      <Td>
        {row.refused ? (
          <span className="block text-ink-2 text-xs">
            Refused by {row.refused.by}, <DayText day={row.refused.on} />: {row.refused.reason}
          </span>
        ) : row.confirmedOn ? (
          <Confirmed by={row.confirmedBy} on={row.confirmedOn} />
        ) : (
          <Confirm row={row} />
        )}
      </Td>
      <Td align="end">
        {row.credit > 0 ? (
          <Money amount={row.credit} currency={currency} />
        ) : (
          <span className="text-ink-3">none</span>
        )}
      </Td>
      <Td align="end">
        <Change row={row} onEdit={onEdit} />
      </Td>
    </tr>
  );
}

/** Who confirmed it, and when. */
export function Confirmed({ by, on }: { by: string | null; on: string }) {
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon name="check" className="mt-0.5 size-3.5 text-accent" />
      <span>
        <span className="block whitespace-nowrap text-ink-2">{by ?? "Import"}</span>
        <DayText day={on} className="text-2xs text-ink-3" />
      </span>
    </span>
  );
}

/** The AE's two answers to a row; whose they are where they are another's. */
export function Confirm({ row, isWide }: { row: RoleRowAnswer; isWide?: boolean }) {
  const { confirm, isPending } = useConfirm(row);
  return (
    <span className={classNames("flex flex-col gap-0.5", isWide ? "items-stretch gap-2" : "items-start")}>
      <GuardedButton
        size={isWide ? "medium" : "small"}
        look="primary"
        because={row.may.confirm}
        isPending={isPending}
        onPress={confirm}
      >
        Confirm
      </GuardedButton>
      {row.may.refuse === true && <RefuseRow row={row} />}
      {row.may.confirm !== true && (
        <span className={classNames("text-2xs text-ink-3", !isWide && "w-48")}>{row.may.confirm}</span>
      )}
    </span>
  );
}

/** What else can be done to a row. */
export function Change({ row, onEdit }: { row: RoleRowAnswer; onEdit(): void }) {
  const withdraw = useWrite("withdrawRole", {
    undo: true,
    said: () => `${row.partner.name} withdrawn from the role table`,
    shows: ({ rowId }, show) =>
      show("deal", (now) => ({ ...now, roles: now.roles.filter(({ id }) => id !== rowId) })),
  });
  const label = `Change ${row.partner.name}'s row`;
  return (
    <Menu
      label={label}
      button={<IconButton label={label} icon="more" size="small" />}
      choices={[
        { id: "edit", label: "Edit row", because: row.may.edit, onChoose: onEdit },
        {
          id: "withdraw",
          label: "Withdraw row",
          because: row.may.withdraw,
          onChoose: () => withdraw.mutate({ rowId: row.id }),
        },
      ]}
    />
  );
}
