"use client";

import { useState } from "react";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { Table, Th } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import { useFacts } from "./facts-in-sight";
import { RoleRow, type RoleRowAnswer } from "./role-row";

const RoleDialog = onDemand(() => import("./role-dialog").then((m) => m.RoleDialog));

type Answer = Outputs["deal"];

/** The role table: who did what, who says so, and whether the AE stands behind it. */
export function RoleTable({ answer }: { answer: Answer }) {
  const { deal, roles } = answer;
  const { cited } = useFacts();
  const [editing, setEditing] = useState<RoleRowAnswer | null>(null);
  if (roles.length === 0) return <Nobody noPartner={deal.noPartner} />;
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
            <RoleRow
              key={row.id}
              row={row}
              currency={deal.currency}
              isCited={cited === row.id}
              onEdit={() => setEditing(row)}
            />
          ))}
        </tbody>
      </Table>
      {editing && (
        <RoleDialog
          key={editing.id}
          row={editing}
          now={roles.find((row) => row.id === editing.id) ?? null}
          version={deal.version}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function Nobody({ noPartner }: Pick<Answer["deal"], "noPartner">) {
  return (
    <p className="py-3 text-ink-2">
      {noPartner ? (
        <>
          <Icon name="check" className="mr-1.5 inline size-3.5 text-accent" />
          No partner involved: {noPartner.by} said so on <DayText day={noPartner.on} />.
        </>
      ) : (
        "Nobody has named a partner yet. Tag the one that helped, or say that none was involved."
      )}
    </p>
  );
}
