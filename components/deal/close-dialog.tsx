"use client";

import { Effect } from "@/components/shared/effect";
import { stands } from "@/components/shared/stands";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { useConfirm } from "./confirm-row";
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
  const today = useMe()?.today;
  const blocked = as === "won" && may.closeWon !== true ? may.closeWon : null;
  const form = useForm({
    start: { closedOn: today ?? "" },
    sent: ({ closedOn }) =>
      blocked === null && closedOn ? { dealId: deal.id, version: deal.version, outcome: as, closedOn } : null,
    write: useWrite("closeDeal", {
      quiet: true,
      said: () => `${deal.account ?? deal.id} closed as ${as}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Close ${deal.account ?? deal.id} as ${as}`}
      save={`Close ${as}`}
      problem={(error) => <EditProblem error={error} yours={`close as ${as}`} now={stands(answer)} />}
      onClose={onClose}
    >
      {blocked !== null && <Gate answer={answer} because={blocked} onTag={onTag} />}
      {as === "won" && blocked === null && (
        <p className="text-ink-2">
          The attribution is confirmed. A close is not taken back: the role table and the amount, type, route
          and close day are locked, and what is recorded later earns no credit.
        </p>
      )}
      {as === "lost" && !deal.attributionConfirmed && (
        <Gate
          answer={answer}
          because="Were partners involved? It can be closed without an answer; reconciliation then asks again"
          onTag={onTag}
        />
      )}
      {as === "lost" && (
        <p className="text-ink-2">A close is not taken back. What it locks changes by a correction only.</p>
      )}
      <DateField
        label="Close day"
        min={deal.createdOn}
        max={today}
        className="max-w-44"
        {...form.field("closedOn")}
      />
      {blocked === null && (
        <Effect
          verb="closeDeal"
          input={form.ready ? { dealId: deal.id, outcome: as, closedOn: form.values.closedOn } : null}
          partnerName={(id) => roles.find(({ partner }) => partner.id === id)?.partner.name}
          unsaid="Choose the close day to see how the deal will stand."
        />
      )}
    </FormDialog>
  );
}

/** Whether partners were involved, asked before every close: a win waits for the answer (domain.md §8). */
function Gate({ answer, because, onTag }: { answer: Answer; because: string; onTag(): void }) {
  const { deal, may, roles } = answer;
  const noPartner = useWrite("confirmNoPartner", {
    quiet: true,
    undo: true,
    said: () => `No partner involved on ${deal.account ?? deal.id}`,
  });
  const waiting = roles.filter((row) => row.confirmedOn === null && row.refused === null);
  return (
    <div className="rounded-md bg-warn-soft px-3 py-2.5 text-warn">
      <p>{because}.</p>
      {waiting.length > 0 && (
        <ul aria-label="Rows to confirm" className="mt-2 flex flex-col gap-2">
          {waiting.map((row) => (
            <Waiting key={row.id} row={row} />
          ))}
        </ul>
      )}
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {roles.length === 0 && (
          <>
            <GuardedButton
              size="small"
              because={may.confirmNoPartner === true ? null : may.confirmNoPartner}
              isPending={noPartner.isPending}
              onPress={() => noPartner.mutate({ dealId: deal.id, version: deal.version })}
            >
              No partner involved
            </GuardedButton>
            <GuardedButton size="small" because={may.tag === true ? null : may.tag} onPress={onTag}>
              Tag partner
            </GuardedButton>
          </>
        )}
      </div>
      {noPartner.error && (
        <div className="mt-2">
          <EditProblem error={noPartner.error} yours="no partner involved" now={stands(answer)} />
        </div>
      )}
    </div>
  );
}

/** One partner that is said to have been involved, and the AE's word on it. */
function Waiting({ row }: { row: Answer["roles"][number] }) {
  const { confirm, isPending } = useConfirm(row);
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 text-ink">
      <span>
        {row.partner.name}, {ROLE_WORDS[row.role].label.toLowerCase()} at stage {row.touchStage}
      </span>
      <GuardedButton size="small" because={row.may.confirm} isPending={isPending} onPress={confirm}>
        Confirm
      </GuardedButton>
    </li>
  );
}
