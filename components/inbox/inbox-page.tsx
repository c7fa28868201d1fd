"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { PrintHead } from "@/components/shared/print-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { InboxFilters } from "./inbox-filters";
import { INBOX_PARAMS, type InboxParams, inboxInput } from "./inbox-params";
import { InboxQueue } from "./inbox-queue";
import { InboxTrend } from "./inbox-trend";

/** What do I fix this week? */
export function InboxPage({ first }: { first: Outputs["inbox"] | null }) {
  const [params, setParams] = useQueryStates(INBOX_PARAMS);
  const input = inboxInput(params);
  const { data, error, refetch } = useQuery({
    ...api.inbox.queryOptions({ input, placeholderData: keepPreviousData }),
    ...useFirstAnswer(input, first),
  });
  return (
    <>
      <PageHeader
        title="Inbox"
        lead={data ? leadOf(data, params) : "What is to fix this week."}
        actions={<InboxTrend params={params} />}
      />
      <PrintHead
        noun="item"
        rows={data?.items.length ?? 0}
        total={data ? data.items.length + data.left : null}
      />
      <InboxFilters answer={data} params={params} onChange={setParams} />
      <div className="max-w-5xl px-4 pb-8 sm:px-6">
        {error && !data ? (
          <ErrorState error={error} onRetry={() => refetch()} />
        ) : !data ? (
          <SkeletonRows rows={8} label="Loading the inbox" />
        ) : data.items.length === 0 ? (
          <Nothing params={params} onAll={() => setParams({ kind: null })} />
        ) : (
          <InboxQueue items={data.items} isOthers={params.scope !== "mine"} />
        )}
        {data && data.left > 0 && (
          <Button className="mt-4" onPress={() => setParams({ limit: params.limit + 100 })}>
            Show more: {count(data.left, "item")}
          </Button>
        )}
      </div>
    </>
  );
}

const WHOSE = { mine: "yours", team: "your team's", all: "everybody's" } as const;

function leadOf({ kinds }: Outputs["inbox"], { scope, off }: InboxParams): string {
  const sum = kinds.reduce((total, one) => total + one.count, 0);
  if (off) return sum === 0 ? "You put nothing off." : `You put ${count(sum, "item")} off.`;
  if (sum === 0) return "Nothing to fix.";
  const more = kinds.some((one) => one.more) ? "At least " : "";
  return `${more}${count(sum, "item")} to fix this week, ${WHOSE[scope]}.`;
}

/** Nothing is left, and how something would come here. */
function Nothing({ params: { kind, scope, off }, onAll }: { params: InboxParams; onAll(): void }) {
  if (off)
    return (
      <EmptyState icon="clock" title="Nothing is put off">
        S on an item puts it off until a day, on which it comes back by itself.
      </EmptyState>
    );
  return (
    <EmptyState
      icon="check"
      title={kind ? "Nothing of this kind to fix" : "Nothing to fix"}
      action={kind && <Button onPress={onAll}>Every kind</Button>}
    >
      {scope === "mine"
        ? "What waits for you, what a fact of yours lacks and which partner has gone silent comes here by itself."
        : "What waits for somebody, what a fact lacks and which partner has gone silent comes here by itself."}
    </EmptyState>
  );
}
