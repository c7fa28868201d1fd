"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { SEATS, USER_ROLE_NAMES } from "@/lib/auth/roles";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { decimal } from "@/lib/text/numbers";
import type { Plan } from "./compensation-answers";

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
  const [isSigning, setSigning] = useState(false);
  const withdraw = useWrite("withdrawCompensationPlan", { said: () => `${plan.title} is withdrawn` });
  return (
    <Panel
      title={plan.title}
      id="compensation-plan"
      aside={
        plan.signed ? (
          <Chip tone="accent">Signed by three</Chip>
        ) : (
          <>
            <Chip tone="dashed">{plan.signatures.length} of 3 signatures</Chip>
            <GuardedButton
              size="small"
              because={plan.may.withdraw}
              isPending={withdraw.isPending}
              onPress={() => withdraw.mutate({ planId: plan.id })}
            >
              Withdraw
            </GuardedButton>
            <GuardedButton
              size="small"
              icon="stamp"
              look="primary"
              because={plan.may.sign}
              onPress={() => setSigning(true)}
            >
              Sign
            </GuardedButton>
          </>
        )
      }
    >
      <p className="pb-2 text-ink-2">
        Paid to {plan.paidTo === "partner" ? "partners" : "partner managers"}, {plan.from}
        {plan.to ? ` to ${plan.to}` : " on, until another plan is signed"}.
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
      <Seats plan={plan} />
      {isSigning && <SignPlanDialog plan={plan} onClose={() => setSigning(false)} />}
    </Panel>
  );
}

/** Who signed in which of the three seats. */
function Seats({ plan }: { plan: Plan }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 pt-3 text-ink-2">
      {SEATS.map((seat) => {
        const signature = plan.signatures.find((one) => one.seat === seat);
        return (
          <li key={seat}>
            {USER_ROLE_NAMES[seat]}:{" "}
            {signature ? `${signature.name}, ${dayInWords(signature.on)}` : "not signed"}
          </li>
        );
      })}
    </ul>
  );
}
