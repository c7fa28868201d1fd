"use client";

import { useState } from "react";
import { CertificateLink } from "@/components/shared/signing/certificate-link";
import { type Seat, SeatList } from "@/components/shared/signing/seat-list";
import { mayEver, useDayOf, useMe } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { decimal } from "@/lib/text/numbers";
import type { Plan } from "./compensation-answers";

const WithdrawPlanDialog = onDemand(() => import("./withdraw-plan-dialog").then((m) => m.WithdrawPlanDialog));
const SignPlanDialog = onDemand(() => import("./sign-plan-dialog").then((m) => m.SignPlanDialog));

type Line = Plan["lines"]["sourced"];

const paysWords = ({ pays }: Line, currency: string) => {
  if (pays.of === "nothing") return "Nothing";
  if (pays.of === "fixed") return `${formatMoney(pays.amount, currency)} a deal`;
  return `${decimal(pays.basisPoints / 100, 2)} % of credit`;
};
const capWords = (cap: number | null, currency: string) =>
  cap === null ? "none" : formatMoney(cap, currency);

/** A plan's two lines and its three seats. */
export function CompensationPlan({ plan }: { plan: Plan }) {
  const [signing, setSigning] = useState<Seat | null>(null);
  const [isEnding, setEnding] = useState(false);
  const dayOf = useDayOf();
  const me = useMe();
  const given = plan.seats.filter(({ signature }) => signature).length;
  return (
    <Panel
      title={plan.title}
      id="compensation-plan"
      aside={
        plan.signed ? (
          <Chip tone="accent">Signed by three</Chip>
        ) : (
          <>
            <Chip tone="dashed">{given} of 3 signatures</Chip>
            <GuardedButton size="small" because={plan.may.withdraw} onPress={() => setEnding(true)}>
              Withdraw…
            </GuardedButton>
          </>
        )
      }
    >
      <p className="pb-2 text-ink-2">
        Paid to {plan.paidTo === "partner" ? "partners" : "partner managers"}, {plan.from}
        {plan.to ? ` to ${plan.to}` : " on, until another plan is signed"}. Drafted by{" "}
        {plan.drafted.name ?? "somebody"} on {dayInWords(dayOf(plan.drafted.at))}.
      </p>
      <Table label="The two lines">
        <thead>
          <tr>
            <Th>Line</Th>
            <Th>Pays</Th>
            <Th>Cap a deal</Th>
            <Th>Cap a quarter</Th>
          </tr>
        </thead>
        <tbody>
          {(["sourced", "influenced"] as const).map((name) => (
            <tr key={name}>
              <th scope="row" className="h-10 border-line border-b text-left font-medium">
                {name === "sourced" ? "Sourced" : "Influenced"}
              </th>
              <Td className="tabular">{paysWords(plan.lines[name], plan.currency)}</Td>
              <Td className="tabular">{capWords(plan.lines[name].capPerDeal, plan.currency)}</Td>
              <Td className="tabular">{capWords(plan.lines[name].capPerQuarter, plan.currency)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <SeatList seats={plan.seats} waits={!plan.signed} ended={false} onSign={setSigning} />
      {given > 0 && mayEver(me, "audit.read") && (
        <CertificateLink href={`/api/compensation/${encodeURIComponent(plan.id)}/certificate.pdf`} />
      )}
      {signing && <SignPlanDialog plan={plan} seat={signing} onClose={() => setSigning(null)} />}
      {isEnding && <WithdrawPlanDialog plan={plan} onClose={() => setEnding(false)} />}
    </Panel>
  );
}
