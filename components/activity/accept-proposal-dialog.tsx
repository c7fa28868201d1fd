"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { DealField } from "@/components/shared/deal-field";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { remember } from "@/components/shared/recent";
import type { LogActivityStart } from "@/components/shared/shell-actions";
import { useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { type ActivityDraft, emptyDraft } from "./draft";
import { labelOf, lookingFor, What } from "./log-activity-dialog";
import { Proved } from "./what-happened";

type Proposal = NonNullable<LogActivityStart["proposal"]>;

/** What is accepted, as the write takes it; null while it is not told, or has not happened. */
function acceptedAs(proposalId: string, draft: ActivityDraft, today: string) {
  const { dealId, partnerId, type, occurredOn, involvement } = draft;
  const nextStep = draft.nextStep.trim() || null;
  const nextStepDueOn = (nextStep && draft.nextStepDueOn) || null;
  if (!dealId || !partnerId || !type || !occurredOn || occurredOn > today) return null;
  const said = { dealId, partnerId, type, occurredOn, nextStep, nextStepDueOn };
  return { proposalId, changes: { ...said, ...(involvement && { involvement }) } };
}

/** What was read of a file, to be put right before it is logged; its proof is the file. */
export function AcceptProposalDialog({ start, onClose }: { start: LogActivityStart; onClose(): void }) {
  const proposal = start.proposal as Proposal;
  const { form, deal, choices, accepts } = useAccept(start, proposal, onClose);
  const { dealId, dealName, partnerId } = form.values;
  return (
    <FormDialog form={form} title="Log what was read" save="Accept" onClose={onClose}>
      <blockquote className="whitespace-pre-line border-line-strong border-l-2 pl-3 text-pretty text-ink-2">
        {proposal.quote}
      </blockquote>
      <DealField
        dealId={dealId}
        name={deal?.deal.account ?? dealName}
        onChange={(id, name) => form.set({ dealId: id, dealName: name })}
      />
      <What form={form} deal={deal} choices={choices} wantsPartner={false} />
      <Proved
        form={form}
        deal={deal}
        partnerName={choices?.find((one) => one.id === partnerId)?.name}
        kept={{
          accepts,
          file: (
            <p className="self-end pb-1.5 text-pretty text-ink-2">
              Its proof is <span className="text-ink">{proposal.fileName}</span>, kept with it as it is.
            </p>
          ),
        }}
      />
    </FormDialog>
  );
}

function useAccept(start: LogActivityStart, proposal: Proposal, onClose: () => void) {
  const today = useMe()?.today ?? "";
  const menu = useActivityMenu();
  const accepts = (draft: ActivityDraft) => acceptedAs(proposal.id, draft, today);
  const form = useForm<ActivityDraft, NonNullable<ReturnType<typeof acceptedAs>>>({
    start: {
      ...emptyDraft(proposal.occurredOn ?? ""),
      ...{ dealId: start.dealId ?? null, dealName: proposal.dealName },
      ...{ partnerId: start.partnerId ?? null, type: proposal.type, involvement: proposal.involvement },
    },
    sent: accepts,
    write: useWrite("acceptProposal", {
      quiet: true,
      said: (_, { changes }) => ({
        message: `${labelOf(menu, changes?.type ?? proposal.type)} logged`,
        detail: `Its proof is ${proposal.fileName}.`,
      }),
      onDone: (_, { changes }) => {
        if (changes?.partnerId && changes.type)
          remember({ partners: changes.partnerId, activities: changes.type });
        onClose();
      },
    }),
  });
  const { dealId } = form.values;
  const deal = useQuery({
    ...api.deal.queryOptions({ input: { dealId: dealId ?? "" } }),
    enabled: dealId !== null,
  }).data;
  const { choices } = usePartnerChoices(useMemo(() => lookingFor(deal), [deal]));
  return { form, deal, choices, accepts };
}
