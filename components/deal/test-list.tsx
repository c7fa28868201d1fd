"use client";

import Link from "next/link";
import { clauseAddress } from "@/components/shared/policy-address";
import { Term } from "@/components/shared/term";
import { classNames } from "@/components/ui/class-names";
import { Icon, type IconName } from "@/components/ui/icon";
import { clauseOfTest, clauseText, sectionOf } from "@/lib/attribution/clauses";
import { isTerm } from "@/lib/attribution/glossary";
import type { Measured } from "@/lib/attribution/measure";
import type { Policy } from "@/lib/attribution/policy";
import type { TestResult } from "@/lib/attribution/result";
import { measurePhrase } from "@/lib/attribution/sentence";
import { TEST_WORDS } from "@/lib/attribution/words";
import { capital, codeWords } from "@/lib/text/words";
import { FactLink } from "./facts-in-sight";

/** `buckets.net-new` as people cite it: `Buckets, net new`. */
const cited = (test: TestResult["test"]) => {
  const clause = clauseOfTest(test);
  const section = sectionOf(clause);
  return capital(codeWords(`${section}, ${clause.slice(section.length + 1)}`));
};

/** One test as it is shown: its verdict, what it measured, the facts behind it. */
export type ShownTest = Measured & Pick<TestResult, "facts">;

const STATES: Readonly<
  Record<Measured["state"], { icon: IconName; said: string; look: string; name: string }>
> = {
  passed: { icon: "check", said: "passed", look: "text-accent", name: "font-medium" },
  failed: { icon: "close", said: "failed", look: "text-danger", name: "font-medium" },
  not_reached: { icon: "minus", said: "not reached", look: "text-ink-3", name: "text-ink-3" },
};

/** Each test passed, failed or not reached, the value beside its limit, its facts, and the memo's clause. */
export function TestList({
  tests,
  policy,
  policyId,
}: {
  tests: readonly ShownTest[];
  policy: Policy;
  /** The signed policy whose memo is cited; the one in force when absent. */
  policyId?: string;
}) {
  return (
    <ul className="divide-y divide-line">
      {tests.map((one) => (
        <Test key={one.test} one={one} policy={policy} policyId={policyId} />
      ))}
    </ul>
  );
}

/** What a test asks; where its name is a word of the glossary, it leads there. Not in what opens it: axe wants no control in one. */
function Definition({ test }: Pick<TestResult, "test">) {
  const { label, definition } = TEST_WORDS[test];
  return (
    <p className="mt-1 text-ink-2 text-xs">
      {isTerm(test) && (
        <>
          <Term of={test}>{label}</Term>:{" "}
        </>
      )}
      {definition}
    </p>
  );
}

function Test({ one, policy, policyId }: { one: ShownTest; policy: Policy; policyId?: string }) {
  const { test, facts } = one;
  const { icon, said, look, name } = STATES[one.state];
  const phrase = measurePhrase(one);
  return (
    <li className="flex gap-2 py-1.5">
      <Icon name={icon} strokeWidth={1.8} className={classNames("mt-0.5 size-3.5", look)} />
      <div className="min-w-0 flex-1">
        <details className="group">
          <summary className="flex cursor-default list-none items-baseline justify-between gap-2 rounded-sm pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
            <span className={name}>
              {TEST_WORDS[test].label}
              <span className="sr-only">, {said}</span>
            </span>
            <span className="inline-flex min-w-0 items-center gap-0.5 text-2xs text-ink-3">
              <span className="truncate">{cited(test)}</span>
              <Icon name="chevronDown" className="size-3 transition-transform group-open:rotate-180" />
            </span>
          </summary>
          <Definition test={test} />
          <p className="mt-1 mb-1 border-line-strong border-l-2 pl-2 text-ink-2 text-xs">
            {clauseText(clauseOfTest(test), policy)}{" "}
            <Link
              href={clauseAddress(clauseOfTest(test), policyId)}
              className="whitespace-nowrap underline underline-offset-2"
            >
              In the memo
            </Link>
          </p>
        </details>
        {phrase && <p className="tabular text-2xs text-ink-3">{capital(phrase)}</p>}
        {facts.length > 0 && (
          <div className="mt-0.5 flex flex-col items-start gap-0.5">
            {facts.map((fact) => (
              <FactLink key={fact} factId={fact} />
            ))}
          </div>
        )}
      </div>
    </li>
  );
}
