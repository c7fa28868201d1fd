"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Money } from "@/components/shared/money";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { CAME_WORDS } from "./forecast-words";

type Answer = Outputs["forecastReplay"];
const CAME = Object.keys(CAME_WORDS) as (keyof Answer["came"])[];

/** A week's commit beside what came of it since. */
export function Replay({ week, close }: { week: string; close: string | null }) {
  const answer = useQuery(api.forecastReplay.queryOptions({ input: { week, ...(close && { close }) } }));
  const replay = answer.data;
  return (
    <Panel
      title={`What came of ${dayInWords(week)}`}
      id="replay"
      aside={
        replay && (
          <Chip
            tone={replay.verified ? "quiet" : "danger"}
            says={`SHA-256 over the week's canonical JSON: ${replay.digest}`}
          >
            {replay.verified ? "As it was taken" : "Not as it was taken"}
          </Chip>
        )
      }
    >
      {answer.error && !replay ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !replay ? (
        <SkeletonRows rows={5} label="Loading what came" />
      ) : (
        <>
          <Came replay={replay} />
          <Closed replay={replay} />
        </>
      )}
    </Panel>
  );
}

function Came({ replay: { came, elsewhere, committed, currency } }: { replay: Answer }) {
  return (
    <Table label="What was committed, and what came">
      <thead>
        <tr>
          <Th>Of its deals</Th>
          <Th align="end">Deals</Th>
          <Th align="end">Committed</Th>
          <Th align="end">Amount now</Th>
        </tr>
      </thead>
      <tbody>
        {CAME.filter((one) => came[one].deals > 0).map((one) => (
          <Line key={one} label={CAME_WORDS[one]} {...came[one]} currency={currency} />
        ))}
        <tr className="font-semibold">
          <th scope="row" className="h-10 border-line border-b text-left">
            Commit
          </th>
          <Td align="end" className="tabular">
            {thousands(committed.deals)}
          </Td>
          <Td align="end">
            <Money amount={committed.weighted} currency={currency} />
          </Td>
          <Td />
        </tr>
        {elsewhere.deals > 0 && (
          <Line label="Won beside it: sourced, not in this commit" {...elsewhere} currency={currency} />
        )}
      </tbody>
    </Table>
  );
}

function Line({
  label,
  deals,
  committed,
  amount,
  currency,
}: {
  label: string;
  deals: number;
  committed?: number;
  amount: number | null;
  currency: string;
}) {
  return (
    <tr>
      <th scope="row" className="h-10 border-line border-b text-left font-normal">
        {label}
      </th>
      <Td align="end" className="tabular">
        {thousands(deals)}
      </Td>
      <Td align="end">{committed !== undefined && <Money amount={committed} currency={currency} />}</Td>
      <Td align="end">
        {amount === null ? <span className="text-warn">no rate</span> : <Money {...{ amount, currency }} />}
      </Td>
    </tr>
  );
}

/** Those of its deals that closed since, each a link. */
function Closed({ replay: { deals } }: { replay: Answer }) {
  const closed = deals.filter(({ closedOn }) => closedOn !== null);
  if (closed.length === 0) return null;
  return (
    <details className="pt-3">
      <summary className="cursor-default text-ink-2">{count(closed.length, "deal")} closed since</summary>
      <ul className="pt-1">
        {closed.map(({ id, account, came, closedOn }) => (
          <li key={id} className="py-1">
            <Link
              href={`/deals/${encodeURIComponent(id)}`}
              className="font-medium hover:text-accent-ink hover:underline"
            >
              {account ?? id}
            </Link>{" "}
            <span className="text-ink-2">
              {CAME_WORDS[came].toLowerCase()} {dayInWords(closedOn!)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
