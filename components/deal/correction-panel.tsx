"use client";

import { Effect } from "@/components/shared/effect";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";
import { type Correction, changesInWords, withTheirCurrency } from "./correction-words";
import { WithReason } from "./second-hand";

type Answer = Outputs["deal"];

/** The correction that waits for finance, with whoever may answer it or take it back; nothing when none does. */
export function WaitingCorrection({ answer }: { answer: Answer }) {
  const waiting = answer.corrections.find(({ state }) => state === "proposed");
  if (!waiting) return null;
  const nameOf = (id: string) => answer.roles.find(({ partner }) => partner.id === id)?.partner.name;
  return (
    <Panel title="A correction waits for finance" id="correction" className="mb-7">
      <Changes correction={waiting} currency={answer.deal.currency} />
      <p className="mt-2 text-ink-2">
        <span className="text-ink">“{waiting.reason}”</span> {waiting.proposedBy},{" "}
        <DayText day={waiting.proposedOn} />
      </p>
      {waiting.may.answer === true && (
        <div className="mt-2.5">
          <Effect
            verb="acceptCorrection"
            input={{ correctionId: waiting.id }}
            partnerName={nameOf}
            unsaid=""
          />
        </div>
      )}
      <Answering correction={waiting} account={answer.deal.account ?? answer.deal.id} />
    </Panel>
  );
}

/** Before and after, a line a field. */
function Changes({ correction, currency }: { correction: Correction; currency: string }) {
  return (
    <table className="w-full max-w-xl">
      <caption className="sr-only">What it changes</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Stands now</th>
          <th scope="col">Would be</th>
        </tr>
      </thead>
      <tbody>
        {changesInWords(correction, currency).map(({ field, label, before, after }) => (
          <tr key={field} className="align-baseline">
            <th scope="row" className="w-36 py-0.5 pr-3 text-left font-normal text-ink-3 text-xs">
              {label}
            </th>
            <td className="tabular py-0.5 pr-3 text-ink-2 line-through decoration-line-control">{before}</td>
            <td className="tabular py-0.5 font-medium">
              <Icon name="chevronRight" className="mr-1.5 inline size-3 text-ink-3" />
              {after}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answering({ correction, account }: { correction: Correction; account: string }) {
  const { id: correctionId, may } = correction;
  const accept = useWrite("acceptCorrection", {
    said: () => ({ message: `${account} amended`, detail: "It was judged again." }),
  });
  const decline = useWrite("declineCorrection", {
    said: () => "Correction declined; the deal stays as it is",
  });
  const withdraw = useWrite("withdrawCorrection", { said: () => "Correction withdrawn" });
  return (
    <>
      <div className="mt-2.5 flex flex-wrap items-end gap-2">
        <GuardedButton
          look="primary"
          size="small"
          because={may.answer}
          isPending={accept.isPending}
          onPress={() => accept.mutate({ correctionId })}
        >
          Accept
        </GuardedButton>
        {may.answer === true ? (
          <WithReason
            verb="Decline"
            label="Why it is declined"
            isPending={decline.isPending}
            onSay={(reason) => decline.mutate({ correctionId, reason })}
          />
        ) : (
          <GuardedButton size="small" because={may.answer}>
            Decline
          </GuardedButton>
        )}
        <GuardedButton
          size="small"
          look="quiet"
          because={may.withdraw}
          isPending={withdraw.isPending}
          onPress={() => withdraw.mutate({ correctionId })}
        >
          Withdraw
        </GuardedButton>
      </div>
      {may.answer !== true && <p className="mt-1.5 text-ink-3 text-xs">{may.answer}.</p>}
    </>
  );
}

const SAID = { accepted: "Accepted", declined: "Declined", withdrawn: "Withdrawn" } as const;

/** What was asked to be put right before, and what became of it; nothing where nothing was. */
export function AnsweredCorrections({ answer }: { answer: Answer }) {
  const answered = withTheirCurrency(answer.corrections, answer.deal.currency).flatMap(
    ({ correction: { state, ...rest }, currency }) =>
      state === "proposed" ? [] : [{ ...rest, state, currency }],
  );
  if (answered.length === 0) return null;
  return (
    <Panel title="Corrections" id="corrections" className="mt-8">
      <ul className="divide-y divide-line">
        {answered.map((one) => (
          <li key={one.id} className="py-2">
            <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <Chip tone={one.state === "accepted" ? "accent" : "quiet"}>{SAID[one.state]}</Chip>
              {changesInWords(one, one.currency).map(({ field, label, before, after }) => (
                <span key={field} className="tabular">
                  <span className="text-ink-3 text-xs">{label}</span> {before} → {after}
                </span>
              ))}
            </p>
            <p className="mt-0.5 text-ink-2 text-xs">
              “{one.reason}” {one.proposedBy}, <DayText day={one.proposedOn} />
              {one.state !== "withdrawn" && one.decidedOn && (
                <>
                  ; {one.state} by {one.decidedBy}, <DayText day={one.decidedOn} />
                </>
              )}
              {one.answer && `: ${one.answer}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
