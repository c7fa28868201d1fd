"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMe } from "@/components/shared/use-me";
import { buttonLook } from "@/components/ui/button-look";
import { classNames } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { MONTHS } from "@/lib/text/days";
import { Samples } from "./samples";
import { type Step, stepsOf } from "./steps";
import { Story } from "./story";

/** What stands between this house and its first number? */
export function StartPage() {
  const me = useMe();
  const { data, error, refetch } = useQuery(
    api.firstSteps.queryOptions({
      input: {},
      refetchInterval: ({ state }) => (state.data?.demo.state === "telling" ? 1_000 : false),
    }),
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const year = `the fiscal year begins in ${MONTHS[(me?.fiscalYear.firstMonth ?? 1) - 1]}`;
  const steps = data && me ? stepsOf(data, { timeZone: me.timeZone, year }) : null;
  const left = steps?.filter(({ done }) => !done).length;
  return (
    <>
      <PageHeader
        title="Get started"
        lead={left === 0 ? "Everything is here." : "Six things, in the order in which they need each other."}
      />
      <div className="flex max-w-3xl flex-col gap-8 px-4 pt-1 pb-10 sm:px-6">
        {data && <Story demo={data.demo} />}
        {steps && data ? (
          <Steps steps={steps} isFirst={data.demo.state !== "told"} />
        ) : (
          <SkeletonRows rows={6} label="Looking at what is here" />
        )}
        <Samples />
      </div>
    </>
  );
}

/** `isFirst`: whether what comes next here is what the page is for; looking at the demo comes before it. */
function Steps({ steps, isFirst }: { steps: readonly Step[]; isFirst: boolean }) {
  const next = steps.findIndex(({ done }) => !done);
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title" className="mb-1 font-semibold text-base">
        With your own data
      </h2>
      <ol className="divide-y divide-line border-line border-y">
        {steps.map((step, at) => (
          <li key={step.title} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3.5 sm:flex-nowrap">
            <Tick done={step.done} number={at + 1} isNext={at === next} />
            <div className="min-w-0 flex-1 basis-60">
              <p className={classNames("font-medium", step.done && "text-ink-2")}>{step.title}</p>
              <p className="text-ink-2">{step.said}</p>
            </div>
            <Link
              href={step.href}
              className={classNames(
                buttonLook(isFirst && at === next ? "primary" : step.done ? "quiet" : "plain"),
                "ml-10 sm:ml-0",
              )}
              aria-label={`${step.title}: ${step.done ? "look again" : step.act}`}
            >
              {step.done ? "Look again" : step.act}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tick({ done, number, isNext }: { done: boolean; number: number; isNext: boolean }) {
  return (
    <span
      className={classNames(
        "tabular mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full border text-xs",
        done
          ? "border-transparent bg-accent text-on-accent"
          : isNext
            ? "border-accent font-semibold text-accent"
            : "border-line-strong text-ink-3",
      )}
    >
      {done ? <Icon name="check" className="size-3.5" strokeWidth={2} /> : <span aria-hidden>{number}</span>}
      <span className="sr-only">{done ? "Done:" : isNext ? "Next:" : "Open:"}</span>
    </span>
  );
}
