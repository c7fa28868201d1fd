"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Money } from "@/components/shared/money";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { saveFile } from "@/components/ui/save-file";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { sayProblem } from "@/components/ui/toasts";
import { api, client, type Outputs } from "@/lib/api/client";
import { GRADE_WORDS } from "@/lib/attribution/words";
import { sumOfEntries } from "@/lib/metrics/compensation";
import { dayInWords } from "@/lib/text/days";
import { count, plural } from "@/lib/text/words";
import type { Plan } from "./compensation-answers";
import { payrollCsv } from "./compensation-csv";

const PayDialog = onDemand(() => import("./pay-dialog").then((m) => m.PayDialog));
const RaiseExceptionDialog = onDemand(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);

type Statement = Outputs["compensationStatement"];
type Payee = Statement["payees"][number];

/** A quarter's statement: by payee what is earned, paid and due, each amount opening to its deals and their evidence. */
export function CompensationStatement({
  plan,
  quarter,
  quarters,
  onQuarter,
}: {
  plan: Plan;
  quarter: string;
  quarters: readonly string[];
  onQuarter(quarter: string): void;
}) {
  const [isPaying, setPaying] = useState(false);
  const answer = useQuery({
    ...api.compensationStatement.queryOptions({ input: { planId: plan.id, quarter } }),
    placeholderData: keepPreviousData,
  });
  const statement = answer.data;
  return (
    <Panel
      title="Statement"
      aside={
        <>
          <Select
            label="Quarter"
            labelHidden
            className="w-36"
            value={quarter}
            choices={quarters.map((value) => ({ value, label: value })).toReversed()}
            onChange={onQuarter}
          />
          {statement && <Actions {...{ plan, quarter, statement }} onPay={() => setPaying(true)} />}
        </>
      }
    >
      {answer.error && !statement ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !statement ? (
        <SkeletonRows rows={5} label="Loading the statement" />
      ) : (
        <Payees statement={statement} quarter={quarter} />
      )}
      {isPaying && statement && (
        <PayDialog
          {...{ plan, quarter }}
          amount={sumOfEntries(statement.due)}
          onClose={() => setPaying(false)}
        />
      )}
    </Panel>
  );
}

function Actions({
  plan,
  quarter,
  statement,
  onPay,
}: {
  plan: Plan;
  quarter: string;
  statement: Statement;
  onPay(): void;
}) {
  const me = useMe();
  const save = async () => {
    if (!me) return;
    const { asOf, policy, seal } = await client.numbers({ quarter });
    const csv = await payrollCsv(statement, quarter, {
      ...{ company: me.company, asOf, policy, seal: seal?.digest ?? null },
      ...{ madeBy: me.user.name, madeOn: me.today },
    });
    saveFile(
      new Blob([csv], { type: "text/csv" }),
      `compensation-${plan.paidTo.replace("_", "-")}-${quarter}.csv`,
    );
  };
  return (
    <>
      <Button
        size="small"
        icon="export"
        isDisabled={statement.payees.length === 0}
        onPress={() => save().catch(sayProblem)}
      >
        Payroll CSV
      </Button>
      <GuardedButton size="small" icon="lock" because={statement.may.pay} onPress={onPay}>
        {statement.payments.length > 0 ? "Pay corrections" : "Pay"}
      </GuardedButton>
    </>
  );
}

function Payees({ statement, quarter }: { statement: Statement; quarter: string }) {
  const [open, setOpen] = useState<string | null>(null);
  const { payees, currency, frozen, unassigned, payments } = statement;
  return (
    <>
      <p className="pb-2 text-ink-2">
        {frozen
          ? `${quarter} is frozen: the amounts are its seal's, corrections beside it.`
          : "Not frozen yet: the amounts still move, and nothing is paid."}{" "}
        {unassigned > 0 &&
          `${count(unassigned, "credit")} ${plural(unassigned, "is", "are")} of a partner that nobody looks after, and paid to nobody.`}
      </p>
      {payees.length === 0 ? (
        <p className="py-3 text-ink-2">
          Nobody earned anything: no deal won in {quarter} has a partner's credit under a signed policy.
        </p>
      ) : (
        <Table label={`Who earned what in ${quarter}`}>
          <thead>
            <tr>
              <Th>Payee</Th>
              <Th align="end">Earned</Th>
              <Th align="end">Paid</Th>
              <Th align="end">Due</Th>
            </tr>
          </thead>
          <tbody>
            {payees.map((payee) => [
              <tr key={payee.id}>
                <Td>
                  <button
                    type="button"
                    aria-expanded={open === payee.id}
                    onClick={() => setOpen(open === payee.id ? null : payee.id)}
                    className="rounded-sm font-medium underline decoration-line-control underline-offset-4 hover:bg-hover"
                  >
                    {payee.name}
                  </button>
                </Td>
                {(["earned", "paid", "due"] as const).map((figure) => (
                  <Td key={figure} align="end">
                    <Money amount={payee[figure]} currency={currency} />
                  </Td>
                ))}
              </tr>,
              open === payee.id && (
                <tr key={`${payee.id} deals`}>
                  <Td colSpan={4}>
                    <Deals statement={statement} payee={payee} />
                  </Td>
                </tr>
              ),
            ])}
          </tbody>
        </Table>
      )}
      {payments.map(({ run, paidOn, by, amount, verified }) => (
        <p key={run} className="pt-2 text-ink-2">
          Run {run}: <Money amount={amount} currency={currency} /> sealed by {by}, {dayInWords(paidOn)}{" "}
          {!verified && <Chip tone="danger">Not as it was sealed</Chip>}
        </p>
      ))}
    </>
  );
}

/**
 * What one payee's amounts are made of: each deal with its partner and evidence, then every line that was paid or is due.
 * Who disputes one raises a case of its deal: the amount follows the credit, and nothing else.
 */
function Deals({ statement, payee }: { statement: Statement; payee: Payee }) {
  const me = useMe();
  const [disputed, setDisputed] = useState<{ dealId: string; partnerId: string } | null>(null);
  const { currency, partners } = statement;
  const of = ({ payeeId }: { payeeId: string }) => payeeId === payee.id;
  const accounts = new Map(statement.earned.map(({ dealId, account }) => [dealId, account]));
  const lines = [
    ...statement.earned
      .filter(of)
      .map((one) => ({ ...one, as: `Earned, ${one.line}${one.capped > 0 ? ", capped" : ""}` })),
    ...statement.payments.flatMap(({ run, entries }) =>
      entries.filter(of).map((one) => ({
        ...one,
        evidence: null,
        as: `${run === 1 ? "Paid" : one.amount < 0 ? "Clawback" : "Addition"}, run ${run}`,
      })),
    ),
    ...statement.due
      .filter(of)
      .map((one) => ({ ...one, evidence: null, as: one.amount < 0 ? "Due: clawback" : "Due" })),
  ];
  return (
    <>
      <ul className="divide-y divide-line">
        {lines.map(({ dealId, partnerId, line, amount, evidence, as }) => (
          <li
            key={`${as} ${dealId} ${partnerId} ${line}`}
            className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5"
          >
            <span className="min-w-0">
              <Link
                href={`/deals/${encodeURIComponent(dealId)}`}
                className="font-medium hover:text-accent-ink hover:underline"
              >
                {accounts.get(dealId) ?? dealId}
              </Link>{" "}
              <span className="text-ink-2">
                {partners[partnerId] ?? partnerId} · {as}
                {evidence && ` · ${GRADE_WORDS[evidence].label.toLowerCase()}`}
              </span>
            </span>
            <span className="flex items-baseline gap-3">
              {mayEver(me, "exception.raise") && (
                <Button
                  size="small"
                  look="quiet"
                  aria-label={`Dispute ${accounts.get(dealId) ?? dealId}, ${as}`}
                  onPress={() => setDisputed({ dealId, partnerId })}
                >
                  Dispute
                </Button>
              )}
              <Money amount={amount} currency={currency} />
            </span>
          </li>
        ))}
      </ul>
      {disputed && (
        <RaiseExceptionDialog
          deal={{ id: disputed.dealId, account: accounts.get(disputed.dealId) ?? null }}
          partnerId={disputed.partnerId}
          onClose={() => setDisputed(null)}
        />
      )}
    </>
  );
}
