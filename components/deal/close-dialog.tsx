"use client";

import { useState } from "react";
import { stands } from "@/components/shared/stands";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DateField } from "@/components/ui/field";
import type { Outputs } from "@/lib/api/client";
import { EditProblem } from "./edit-problem";

type Answer = Outputs["deal"];

/** Closes a deal; as won only once its attribution is confirmed, which can be done right here. */
export function CloseDialog({
  answer,
  as,
  onTag,
  onClose,
}: {
  answer: Answer;
  as: "won" | "lost";
  onTag(): void;
  onClose(): void;
}) {
  const { deal, may, roles } = answer;
  const me = useMe();
  const [day, setDay] = useState(me?.today ?? "");
  const name = deal.account ?? deal.id;
  const close = useWrite("closeDeal", {
    quiet: true,
    undo: true,
    said: () => `${name} closed as ${as}`,
    onDone: onClose,
  });
  const noPartner = useWrite("confirmNoPartner", {
    quiet: true,
    undo: true,
    said: () => `No partner involved on ${name}`,
  });
  const blocked = as === "won" && may.closeWon !== true ? may.closeWon : null;
  const waiting = roles.filter((row) => row.confirmedOn === null).length;

  return (
    <Dialog
      title={as === "won" ? `Close ${name} as won` : `Close ${name} as lost`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={blocked !== null || day === ""}
            isPending={close.isPending}
            onPress={() =>
              close.mutate({ dealId: deal.id, version: deal.version, outcome: as, closedOn: day })
            }
          >
            {as === "won" ? "Close won" : "Close lost"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {blocked !== null && (
          <div className="rounded-md bg-warn-soft px-3 py-2.5 text-warn">
            <p>{blocked}.</p>
            <div className="mt-2 flex flex-wrap gap-2">
              {roles.length === 0 && (
                <GuardedButton
                  size="small"
                  because={may.confirmNoPartner === true ? null : may.confirmNoPartner}
                  isPending={noPartner.isPending}
                  onPress={() => noPartner.mutate({ dealId: deal.id, version: deal.version })}
                >
                  No partner involved
                </GuardedButton>
              )}
              {roles.length === 0 && (
                <GuardedButton size="small" because={may.tag === true ? null : may.tag} onPress={onTag}>
                  Tag partner
                </GuardedButton>
              )}
              {waiting > 0 && (
                <Button size="small" onPress={onClose}>
                  Go to the role table
                </Button>
              )}
            </div>
          </div>
        )}
        {as === "won" && blocked === null && (
          <p className="text-ink-2">
            The attribution is confirmed. After the close the role table is locked: what is recorded later
            earns no credit.
          </p>
        )}
        <DateField
          label="Close day"
          value={day}
          onChange={setDay}
          min={deal.createdOn}
          max={me?.today}
          className="max-w-44"
        />
        {(close.error ?? noPartner.error) && (
          <EditProblem
            error={close.error ?? noPartner.error}
            yours={close.error ? `close as ${as}` : "no partner involved"}
            now={stands(answer)}
          />
        )}
      </div>
    </Dialog>
  );
}
