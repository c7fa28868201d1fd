"use client";

import { useQuery } from "@tanstack/react-query";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { mayEver, useMe } from "@/components/shared/use-me";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { HandIn } from "./hand-in";
import { Observations } from "./observations";
import { Suggestion } from "./suggestion";
import { useSuggestions } from "./use-suggestions";

/** What did a partner do that nobody wrote down? `first` is the server's own answer. */
export function EvidencePage({ first }: { first: Outputs["evidenceWaiting"] | null }) {
  const me = useMe();
  const waiting = useQuery({
    ...api.evidenceWaiting.queryOptions({ input: {} }),
    ...useFirstAnswer({}, first),
  });
  const rows = waiting.data?.rows ?? [];
  const suggestions = useSuggestions(rows);
  return (
    <div className="flex min-h-full flex-1 flex-col">
      <PageHeader
        title="Evidence"
        lead={
          waiting.data && waiting.data.total > 0
            ? `${count(waiting.data.total, "suggestion waits", "suggestions wait")} for somebody to accept or dismiss. None is a fact, or in any number.`
            : "Mails, invitations, transcripts and notes, read for what partners did. Nothing is logged without a person."
        }
      />
      {mayEver(me, "evidence.keep") && <HandIn />}
      <div className="flex min-w-0 flex-1 flex-col px-4 pb-6 sm:px-6">
        {waiting.isPending ? (
          <SkeletonRows rows={6} label="Loading what waits" />
        ) : waiting.error && !waiting.data ? (
          <ErrorState error={waiting.error} onRetry={() => waiting.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState title="Nothing waits" icon="note">
            What a file says that a partner did stands here, with the sentence that says so, until somebody
            accepts or dismisses it. Drop a file above, or paste a note.
          </EmptyState>
        ) : (
          <ul ref={suggestions.list} aria-label="Suggestions" className="flex flex-col divide-y divide-line">
            {rows.map((row) => (
              <Suggestion
                key={row.id}
                row={row}
                isCurrent={row.id === suggestions.currentId}
                acts={suggestions}
                onEnter={() => suggestions.enter(row)}
              />
            ))}
          </ul>
        )}
      </div>
      <div className="px-4 pb-8 sm:px-6">
        <Observations />
      </div>
    </div>
  );
}
