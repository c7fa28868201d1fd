"use client";

import { useState } from "react";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import { useNarrow } from "@/components/ui/narrow";
import { onDemand } from "@/components/ui/on-demand";
import { Table, Th } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import { useFacts } from "./facts-in-sight";
import { RoleCard } from "./role-card";
import { RoleRow, type RoleRowAnswer } from "./role-row";

const RoleDialog = onDemand(() => import("./role-dialog").then((m) => m.RoleDialog));

type Answer = Outputs["deal"];

/** The role table: who did what, who says so, and whether the AE stands behind it. */
export function RoleTable({ answer }: { answer: Answer }) {
  const { deal, roles } = answer;
  const { cited } = useFacts();
  const [editing, setEditing] = useState<RoleRowAnswer | null>(null);
  const isNarrow = useNarrow();
  if (roles.length === 0) return <Nobody noPartner={deal.noPartner} />;
  const shared = (row: RoleRowAnswer) => ({
    row,
    currency: deal.currency,
    isCited: cited === row.id,
    onEdit: () => setEditing(row),
  });
  return (
    <>
      {isNarrow ? (
        <ul aria-label="Role table" className="flex flex-col gap-3">
          {roles.map((row) => (
            <RoleCard key={row.id} {...shared(row)} />
          ))}
        </ul>
      ) : (
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
              <RoleRow key={row.id} {...shared(row)} />
            ))}
          </tbody>
        </Table>
      )}
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
        "No partner has a role yet. Tag the one that helped, or say that none was involved."
      )}
    </p>
  );
}
