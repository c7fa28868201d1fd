"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Money } from "@/components/shared/money";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { becauseWords, MOVE_WORDS } from "./forecast-words";

/** What moved the commit between two weeks, deal by deal; from the last one until now where `to` is null. */
export function Moves({ from, to, close }: { from: string; to: string | null; close: string | null }) {
  const answer = useQuery(
    api.forecastMoves.queryOptions({ input: { from, ...(to && { to }), ...(close && { close }) } }),
  );
  const told = answer.data;
  const title = to
    ? `What moved from ${dayInWords(from)} to ${dayInWords(to)}`
    : `What moved since ${dayInWords(from)}`;
  return (
    <Panel title={title} id={to ? "moved" : "moved-since"}>
      {answer.error && !told ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !told ? (
        <SkeletonRows rows={4} label="Loading what moved" />
      ) : (
        <Table label={title}>
          <thead>
            <tr>
              <Th>Deal</Th>
              <Th>Why</Th>
              <Th align="end">Commit</Th>
            </tr>
          </thead>
          <tbody>
            <Edge label={dayInWords(from)} amount={told.before.weighted} currency={told.currency} />
            {told.kinds.length === 0 && (
              <tr>
                <Td colSpan={3} className="text-ink-2">
                  Nothing moved.
                </Td>
              </tr>
            )}
            {told.kinds.map(({ kind, deals, delta }) => [
              <tr key={kind}>
                <th scope="rowgroup" colSpan={2} className="border-line border-b pt-2 text-left font-medium">
                  {MOVE_WORDS[kind]} <span className="font-normal text-ink-3">{count(deals, "deal")}</span>
                </th>
                <Td align="end" className="font-medium">
                  <Money amount={delta} currency={told.currency} />
                </Td>
              </tr>,
              ...told.moves
                .filter((move) => move.kind === kind)
                .map((move) => (
                  <tr key={move.id} className="text-ink-2">
                    <Td className="min-w-40">
                      <Link
                        href={`/deals/${encodeURIComponent(move.id)}`}
                        className="hover:text-accent-ink hover:underline"
                      >
                        {move.account ?? move.id}
                      </Link>{" "}
                      <span className="text-2xs text-ink-3">{move.owner}</span>
                    </Td>
                    <Td>{becauseWords(move)}</Td>
                    <Td align="end">
                      <Money amount={move.delta} currency={told.currency} />
                    </Td>
                  </tr>
                )),
            ])}
            <Edge label={to ? dayInWords(to) : "Now"} amount={told.after.weighted} currency={told.currency} />
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function Edge({ label, amount, currency }: { label: string; amount: number; currency: string }) {
  return (
    <tr className="font-semibold">
      <th scope="row" colSpan={2} className="h-10 border-line border-b text-left">
        {label}
      </th>
      <Td align="end">
        <Money amount={amount} currency={currency} />
      </Td>
    </tr>
  );
}
