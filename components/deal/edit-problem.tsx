"use client";

import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { problemOf } from "@/lib/api/problem-of";

/** Why an edit was not saved; when somebody was first, both: what one wanted and what stands now. */
export function EditProblem({ error, yours, now }: { error: unknown; yours: string; now: string | null }) {
  if (problemOf(error).code !== "conflict") return <ProblemLine error={error} />;
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
      <Icon name="alert" className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-semibold">Somebody changed this deal first. Nothing of yours was saved.</p>
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-ink">
          <dt className="text-ink-2">Yours</dt>
          <dd>{yours}</dd>
          <dt className="text-ink-2">Stands now</dt>
          <dd>{now ?? "it is gone"}</dd>
        </dl>
        <p className="mt-1">Save again to put yours in its place, or cancel to keep what stands.</p>
      </div>
    </div>
  );
}
