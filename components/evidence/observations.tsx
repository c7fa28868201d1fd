"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AccountName } from "@/components/shared/names";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { decimal, percentOf, thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Answer = Outputs["observations"];

const LACKS: Readonly<Record<Answer["missing"]["fields"][number]["field"], string>> = {
  account: "are in no account",
  close_day: "have no day on which they are expected to close",
  next_step: "have no next step",
  stage: "have no stage",
};

/** What facts alone show, with its number. */
export function Observations() {
  const answer = useQuery(api.observations.queryOptions({ input: {} }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={3} label="Loading what facts alone show" />;
  const { missing, alike, faster } = answer.data;
  const isNone = missing.fields.length + alike.length + faster.length === 0;
  return (
    <Panel title="From facts alone">
      <p className="text-pretty text-ink-2">
        {isNone
          ? "Nothing to observe yet: no open deal lacks anything, and too few have closed to compare."
          : "Observed, each with its number: no fact, no credit, and no cause."}
      </p>
      <div className="mt-3 grid gap-x-8 gap-y-5 lg:grid-cols-3">
        {missing.fields.length > 0 && (
          <Observed title={`Of ${count(missing.n, "open deal")}`}>
            {missing.fields.map(({ field, deals }) => (
              <li key={field}>
                <span className="tabular font-medium">{thousands(deals)}</span> {LACKS[field]}
              </li>
            ))}
          </Observed>
        )}
        {alike.length > 0 && (
          <Observed title="Nobody is named, and most of their like had a partner">
            {alike.map(({ deal, n, tagged }) => (
              <li key={deal.id}>
                <Link href={`/deals/${encodeURIComponent(deal.id)}`} className="font-medium hover:underline">
                  {deal.name}
                </Link>
                <span className="text-ink-2">
                  : {thousands(tagged)} of {thousands(n)} alike ({percentOf(tagged, n, 0)})
                </span>
              </li>
            ))}
          </Observed>
        )}
        {faster.length > 0 && (
          <Observed title="Shorter stages with a partner">
            {faster.map(({ account, with: one, without }) => (
              <li key={account.id}>
                <AccountName account={account} className="font-medium" />
                <span className="text-ink-2">
                  : {days(one)} with, {days(without)} without
                </span>
              </li>
            ))}
          </Observed>
        )}
      </div>
    </Panel>
  );
}

const days = ({ median, n }: Answer["faster"][number]["with"]) =>
  `${decimal(median ?? 0, Number.isInteger(median) ? 0 : 1)} days (n = ${thousands(n)})`;

function Observed({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="text-pretty font-medium text-ink-2 text-xs">{title}</h3>
      <ul className="mt-1 flex flex-col gap-1 break-words">{children}</ul>
    </section>
  );
}
