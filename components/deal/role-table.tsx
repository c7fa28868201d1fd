"use client";

import { useState } from "react";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { onDemand } from "@/components/ui/on-demand";
import { Table, Td, Th } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import { OUTCOME_WORDS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { useFacts } from "./facts-in-sight";

const RoleDialog = onDemand(() => import("./role-dialog").then((m) => m.RoleDialog));

type Answer = Outputs["deal"];
type Row = Answer["roles"][number];

const because = (may: true | string) => (may === true ? null : may);

/** The role table: who did what, who says so, and whether the AE stands behind it. */
export function RoleTable({ answer }: { answer: Answer }) {
  const { deal, roles } = answer;
  const { cited } = useFacts();
  const [editing, setEditing] = useState<Row | null>(null);
  const edited = editing && (roles.find((row) => row.id === editing.id) ?? null);
  const name = (rowId: string) => roles.find((row) => row.id === rowId)?.partner.name ?? "The row";
  const confirm = useWrite("confirmRole", {
    undo: true,
    said: (_, { rowId }) => `${name(rowId)} confirmed`,
  });
  const withdraw = useWrite("withdrawRole", {
    undo: true,
    said: (_, { rowId }) => `${name(rowId)} withdrawn from the role table`,
  });

  if (roles.length === 0)
    return (
      <p className="py-3 text-ink-2">
        {deal.noPartner ? (
          <>
            <Icon name="check" className="mr-1.5 inline size-3.5 text-accent" />
            No partner involved: {deal.noPartner.by} said so on <DayText day={deal.noPartner.on} />.
          </>
        ) : (
          "Nobody has named a partner yet. Tag the one that helped, or say that none was involved."
        )}
      </p>
    );
  return (
    <>
      <Table label="Role table">
        <thead>
          <tr>
            <Th>Partner, contact</Th>
            <Th>Role</Th>
            <Th>Touched at</Th>
            <Th>Recorded by</Th>
            <Th>Confirmed</Th>
            <Th align="end">Credit</Th>
            <Th>
              <span className="sr-only">Change</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {roles.map((row) => (
            <tr key={row.id} className={classNames(cited === row.id && "bg-accent-soft")}>
              <Td>
                <span className="block font-medium">{row.partner.name}</span>
                <span className="block text-ink-2 text-xs">{row.contact ?? "no contact"}</span>
              </Td>
              <Td title={ROLE_WORDS[row.role].definition}>
                <span className="block whitespace-nowrap">{ROLE_WORDS[row.role].label}</span>
                <OutcomeBadge outcome={row.outcome} size="small" />
                {row.disputed && (
                  <span className="block text-warn text-xs">
                    disputed: {OUTCOME_WORDS[row.disputed].label.toLowerCase()}
                  </span>
                )}
              </Td>
              <Td className="whitespace-nowrap">
                <span className="tabular block" title={STAGE_WORDS[row.touchStage].label}>
                  Stage {row.touchStage}
                </span>
                <DayText day={row.touchedOn} className="text-2xs text-ink-3" />
              </Td>
              <Td className="text-ink-2">
                <span className="block whitespace-nowrap">{row.recordedBy ?? "Import"}</span>
                <DayText day={row.recordedOn} className="text-2xs text-ink-3" />
              </Td>
              <Td>
                {row.confirmedOn ? (
                  <span className="inline-flex items-start gap-1.5">
                    <Icon name="check" className="mt-0.5 size-3.5 text-accent" />
                    <span>
                      <span className="block whitespace-nowrap text-ink-2">
                        {row.confirmedBy ?? "Import"}
                      </span>
                      <DayText day={row.confirmedOn} className="text-2xs text-ink-3" />
                    </span>
                  </span>
                ) : (
                  <span className="flex flex-col items-start gap-0.5">
                    <GuardedButton
                      size="small"
                      look="primary"
                      because={because(row.mayConfirm)}
                      isPending={confirm.isPending && confirm.variables?.rowId === row.id}
                      onPress={() => confirm.mutate({ rowId: row.id })}
                    >
                      Confirm
                    </GuardedButton>
                    {row.mayConfirm !== true && (
                      <span className="w-48 text-2xs text-ink-3">{row.mayConfirm}</span>
                    )}
                  </span>
                )}
              </Td>
              <Td align="end">
                {row.credit > 0 ? (
                  <Money amount={row.credit} currency={deal.currency} />
                ) : (
                  <span className="text-ink-3">none</span>
                )}
              </Td>
              <Td align="end">
                <Menu
                  label={`Change ${row.partner.name}'s row`}
                  button={<IconButton label={`Change ${row.partner.name}'s row`} icon="more" size="small" />}
                  choices={[
                    {
                      id: "edit",
                      label: "Edit row",
                      because: because(row.mayChange),
                      onChoose: () => setEditing(row),
                    },
                    {
                      id: "withdraw",
                      label: "Withdraw row",
                      because: because(row.mayChange),
                      onChoose: () => withdraw.mutate({ rowId: row.id }),
                    },
                  ]}
                />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {editing && (
        <RoleDialog
          key={editing.id}
          row={editing}
          now={edited}
          version={deal.version}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

/** Whether the deal's attribution is decided, and the two ways to decide it. */
export function Decision({ answer, onTag }: { answer: Answer; onTag(): void }) {
  const { deal, may } = answer;
  const noPartner = useWrite("confirmNoPartner", {
    undo: true,
    tried: () => "no partner involved",
    said: () => `No partner involved on ${deal.account ?? deal.id}`,
  });
  return (
    <>
      <span
        className={classNames(
          "inline-flex items-center gap-1 text-xs",
          deal.attributionConfirmed ? "text-ink-2" : "text-warn",
        )}
      >
        <Icon name={deal.attributionConfirmed ? "check" : "alert"} className="size-3.5" />
        {deal.attributionConfirmed ? "Attribution confirmed" : "Attribution not confirmed"}
      </span>
      {answer.roles.length === 0 && !deal.noPartner && (
        <GuardedButton
          size="small"
          because={because(may.confirmNoPartner)}
          isPending={noPartner.isPending}
          onPress={() => noPartner.mutate({ dealId: deal.id, version: deal.version })}
        >
          No partner involved
        </GuardedButton>
      )}
      {may.tag === true ? (
        <Button size="small" icon="plus" onPress={onTag}>
          Tag partner
        </Button>
      ) : (
        <GuardedButton size="small" icon="plus" because={may.tag}>
          Tag partner
        </GuardedButton>
      )}
    </>
  );
}
