"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { exceptionsAddress } from "@/components/shared/case/exceptions-params";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { Tooltip } from "@/components/ui/tooltip";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords, spanInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import type { QuarterLine } from "./answers";

/** Which quarter is next? `first` is the server's answer. */
export function QuartersPage({ first }: { first: Outputs["quartersList"] | null }) {
  const answer = useQuery({
    ...api.quartersList.queryOptions({ input: {} }),
    ...(first && { initialData: first }),
  });
  const quarters = answer.data?.quarters ?? [];
  // The oldest that somebody has begun; else the last one that is over and in which a deal closed.
  const next =
    quarters.findLast(({ state, reviewStarted }) => state === "over" && reviewStarted) ??
    quarters.find(({ state, hasClosed }) => state === "over" && hasClosed);
  return (
    <>
      <PageHeader
        title="Review"
        lead="A quarter is reviewed once, by finance and partnerships together, and then never changes."
        actions={
          next && (
            <Link href={`/review/${next.label}`} className={buttonLook("primary")}>
              {next.reviewStarted ? "Go on with" : "Review"} {next.label}
            </Link>
          )
        }
      />
      <div className="px-4 pb-10 sm:px-6">
        {answer.isPending ? (
          <SkeletonRows rows={8} label="Loading the quarters" />
        ) : answer.error && quarters.length === 0 ? (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        ) : quarters.length === 0 ? (
          <EmptyState title="No quarter yet" icon="stamp">
            The first one stands here as soon as there are deals.
          </EmptyState>
        ) : (
          <Quarters quarters={quarters} />
        )}
      </div>
    </>
  );
}

/** Over, and nothing in it that anybody could review: what an import of old deals leaves between them. */
const isEmpty = ({ state, hasClosed, reviewStarted, exceptions }: QuarterLine) =>
  state === "over" &&
  !hasClosed &&
  !reviewStarted &&
  exceptions.open + exceptions.deferred + exceptions.settled === 0;

function Quarters({ quarters }: { quarters: readonly QuarterLine[] }) {
  const [isOpen, setOpen] = useState(false);
  const empty = quarters.filter(isEmpty).length;
  const shown = isOpen ? quarters : quarters.filter((quarter) => !isEmpty(quarter));
  return (
    <>
      <QuartersTable quarters={shown} />
      {empty > 0 && (
        <Button
          look="quiet"
          size="small"
          className="mt-2"
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide" : "Show"} {count(empty, "quarter")} without a closed deal
        </Button>
      )}
    </>
  );
}

function QuartersTable({ quarters }: { quarters: readonly QuarterLine[] }) {
  return (
    <Table label="Quarters">
      <thead>
        <tr>
          <Th>Quarter</Th>
          <Th>Days</Th>
          <Th>State</Th>
          <Th align="end">To decide</Th>
          <Th align="end">Deferred</Th>
          <Th align="end">Settled</Th>
          <Th>Seal</Th>
          <Th>
            <span className="sr-only">Open</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {quarters.map((quarter) => (
          <QuarterRow key={quarter.label} quarter={quarter} />
        ))}
      </tbody>
    </Table>
  );
}

function QuarterRow({ quarter }: { quarter: QuarterLine }) {
  const { label, exceptions, seal } = quarter;
  return (
    <tr className="hover:bg-hover">
      <Td>
        <Link
          href={`/review/${label}`}
          className="tabular rounded-sm font-medium decoration-line-control underline-offset-4 hover:underline"
        >
          {label}
        </Link>
      </Td>
      <Td className="tabular whitespace-nowrap text-ink-2">{spanInWords(quarter)}</Td>
      <Td>
        <StateOf quarter={quarter} />
      </Td>
      <Td align="end" className="tabular">
        {exceptions.open > 0 ? (
          <Link
            href={exceptionsAddress("/exceptions", { quarter: label, state: "open" })}
            className="rounded-sm font-medium underline decoration-line-control underline-offset-4 hover:decoration-current"
          >
            {exceptions.open}
          </Link>
        ) : (
          <span className="text-ink-3">0</span>
        )}
      </Td>
      <Td align="end" className="tabular text-ink-2">
        {exceptions.deferred}
      </Td>
      <Td align="end" className="tabular text-ink-2">
        {exceptions.settled}
      </Td>
      <Td className="text-ink-2">
        {seal ? <SealedBy seal={seal} /> : <span className="text-ink-3">—</span>}
      </Td>
      <Td align="end" className="whitespace-nowrap">
        {seal && (
          <Link href={`/review/${label}/restatements`} className={buttonLook("quiet", "small")}>
            Restatements
          </Link>
        )}
        <Link href={`/review/${label}`} aria-label={`Open ${label}`} className={buttonLook("quiet", "small")}>
          Open
          <Icon name="chevronRight" className="size-3" />
        </Link>
      </Td>
    </tr>
  );
}

function SealedBy({ seal: { digest, by, asOf } }: { seal: NonNullable<QuarterLine["seal"]> }) {
  return (
    <Tooltip text={digest}>
      <span className="whitespace-nowrap">
        <code className="font-mono text-xs">{digest.slice(0, 12)}</code>
        <span className="text-ink-3 text-xs">
          {" "}
          {by}, {dayInWords(asOf)}
        </span>
      </span>
    </Tooltip>
  );
}

function StateOf({ quarter: { state, reviewStarted } }: { quarter: QuarterLine }) {
  if (state === "frozen")
    return (
      <Chip tone="accent">
        <Icon name="lock" className="size-3" />
        Frozen
      </Chip>
    );
  if (state === "under_way") return <Chip tone="quiet">Under way</Chip>;
  return reviewStarted ? <Chip tone="warn">In review</Chip> : <Chip>To review</Chip>;
}
