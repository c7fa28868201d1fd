"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe, useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { failureWords, JOB_WORDS } from "@/lib/text/job-words";
import { count } from "@/lib/text/words";

type Job = Outputs["jobsList"]["jobs"][number];

const LOOKED_AT_EVERY_MS = 5_000;

/** What the house does by itself: when it last did and will, what failed, and a way to have it tried now. */
export function JobsSettings() {
  const me = useMe();
  const maySee = me?.user.role === "admin" || me?.user.role === "auditor";
  const answer = useQuery({
    ...api.jobsList.queryOptions({ input: {}, refetchInterval: LOOKED_AT_EVERY_MS }),
    enabled: maySee,
  });
  if (me && !maySee)
    return (
      <EmptyState icon="lock" title="For admins and auditors">
        What the house does by itself, and what of it failed, is looked after by an admin (RevOps).
      </EmptyState>
    );
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={8} label="Loading the jobs" />;
  const { jobs, may } = answer.data;
  const failing = jobs.filter(({ fails }) => fails).length;
  return (
    <div className="max-w-4xl">
      <Panel title={failing === 0 ? "Nothing fails" : `${count(failing, "job fails", "jobs fail")}`}>
        <ul className="divide-y divide-line">
          {jobs.map((job) => (
            <JobRow key={job.name} job={job} mayRun={may.run} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function JobRow({ job, mayRun }: { job: Job; mayRun: true | string }) {
  const timeInWords = useTimeInWords();
  const { label, does } = JOB_WORDS[job.name] ?? { label: job.name, does: "" };
  const run = useWrite("runJob", { said: () => `${label} begins within seconds` });
  const times = [
    job.endedAt ? `Last done ${timeInWords(job.endedAt)}` : "Not done yet",
    job.runningSince ? `at work since ${timeInWords(job.runningSince)}` : null,
    job.nextAt ? `next ${timeInWords(job.nextAt)}` : "waits for nothing",
  ];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {label}
          {job.fails && <Chip tone="danger">Failed</Chip>}
        </p>
        <p className="text-ink-2">{does}</p>
        <p className="tabular text-ink-3 text-xs">{times.filter(Boolean).join(", ")}</p>
        {job.failedAt && (
          <p className="mt-1 break-words text-xs">
            <span className={job.fails ? "text-danger" : "text-ink-2"}>{failureWords(job.said)}</span>
            <span className="text-ink-3">
              {" "}
              ({timeInWords(job.failedAt)}
              {!job.fails && "; it has worked since"})
            </span>
          </p>
        )}
      </div>
      <GuardedButton
        size="small"
        because={mayRun}
        aria-label={`Run again: ${label}`}
        isPending={run.isPending}
        onPress={() => run.mutate({ name: job.name })}
      >
        Run again
      </GuardedButton>
    </li>
  );
}
