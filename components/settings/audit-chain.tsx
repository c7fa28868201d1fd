"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { api } from "@/lib/api/client";
import { count } from "@/lib/text/words";

/** Recomputes the log's hash chain on the server and says what it found, with the hash to note down. */
export function AuditChain() {
  const chain = useQuery({ ...api.auditChain.queryOptions({ input: {} }), enabled: false });
  const verdict = chain.data;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" isPending={chain.isFetching} onPress={() => chain.refetch()}>
        Verify the log
      </Button>
      {chain.error && <ProblemLine error={chain.error} />}
      {verdict && !chain.isFetching && (
        <p role="status" className="flex min-w-0 items-start gap-1.5 text-ink-2 text-xs">
          <Icon
            name={verdict.ok ? "check" : "alert"}
            className={verdict.ok ? "mt-0.5 size-3.5 text-accent" : "mt-0.5 size-3.5 text-warn"}
          />
          {verdict.ok ? (
            <span className="min-w-0">
              Whole: {count(verdict.entries, "entry", "entries")} in one chain
              {verdict.waiting > 0 && `, ${verdict.waiting} more about to join it`}. Last hash{" "}
              <code className="break-all text-ink">{verdict.lastHash}</code>
            </span>
          ) : (
            <span>
              Broken at entry {verdict.id}:{" "}
              {verdict.fault === "hash"
                ? "it was changed, or one before it is gone."
                : "it was never chained, though younger ones are."}
            </span>
          )}
        </p>
      )}
    </div>
  );
}
