"use client";

import Link from "next/link";
import { useMe } from "@/components/shell/use-me";
import { Icon } from "@/components/ui/icon";
import { Money } from "@/components/ui/money";
import { PolicyState } from "@/components/ui/policy-state";
import type { Outputs } from "@/lib/api/client";
import { METRICS } from "@/lib/metrics/quarter-numbers";
import type { DealsParams } from "./deals-filters";

/** The metric and the part that an address opens, in their own words. */
function opened(number: string, part: string | null): { name: string; part: string | null } {
  const metric = Object.entries(METRICS).find(([key]) => key === number)?.[1];
  if (!metric) return { name: number, part };
  const parts: Readonly<Record<string, { name: string }>> = metric.parts;
  return {
    name: metric.name,
    part: part ? (parts[part]?.name ?? part) : (Object.values(parts)[0]?.name ?? null),
  };
}

/** Says which dashboard number the list is, and that it adds up. */
export function NumberBanner({
  params,
  answer,
}: {
  params: DealsParams;
  answer: Pick<Outputs["dealsList"], "total" | "sum"> | undefined;
}) {
  const me = useMe();
  if (!params.number || !params.quarter) return null;
  const { name, part } = opened(params.number, params.part);
  return (
    <div
      role="status"
      className="mx-4 mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-accent-soft px-3 py-2 text-accent-ink sm:mx-6"
    >
      <Icon name="dashboard" />
      <p className="min-w-0 flex-1 [&_span]:text-inherit">
        {answer ? (
          <>
            <strong className="tabular font-semibold">
              {answer.total === 1
                ? "This deal makes"
                : `These ${answer.total.toLocaleString("en-US")} deals make`}
            </strong>{" "}
            up <strong className="font-semibold">{name}</strong>
            {part && ` (${part.toLowerCase()})`}, {params.quarter}
            {answer.sum && (
              <>
                : {answer.total === 1 ? "it is" : "they add up to"}{" "}
                <strong className="font-semibold">
                  <Money amount={answer.sum.amount} currency={answer.sum.currency} />
                </strong>
              </>
            )}
            .
          </>
        ) : (
          `The deals of ${name}, ${params.quarter}`
        )}
      </p>
      {me && <PolicyState policy={me.policy} />}
      <Link href={`/dashboard?quarter=${params.quarter}`} className="underline underline-offset-2">
        Back to the number
      </Link>
    </div>
  );
}
