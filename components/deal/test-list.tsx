"use client";

import Link from "next/link";
import { clauseAddress } from "@/components/shared/policy-address";
import { Icon } from "@/components/ui/icon";
import { clauseOfTest, clauseText, sectionOf } from "@/lib/attribution/clauses";
import type { Policy } from "@/lib/attribution/policy";
import type { TestResult } from "@/lib/attribution/result";
import { TEST_WORDS } from "@/lib/attribution/words";
import { capital, codeWords } from "@/lib/text/words";
import { FactLink } from "./facts-in-sight";

/** `buckets.net-new` as people cite it: `Buckets, net new`. */
const cited = (test: TestResult["test"]) => {
  const clause = clauseOfTest(test);
  const section = sectionOf(clause);
  return capital(codeWords(`${section}, ${clause.slice(section.length + 1)}`));
};

/** Each test with pass or fail, the facts behind it, and the memo's clause that it carries out. */
export function TestList({
  tests,
  policy,
  policyId,
}: {
  tests: readonly TestResult[];
  policy: Policy;
  /** The signed policy whose memo is cited; the one in force when absent. */
  policyId?: string;
}) {
  return (
    <ul className="divide-y divide-line">
      {tests.map(({ test, passed, facts }) => (
        <li key={test} className="flex gap-2 py-1.5">
          <Icon
            name={passed ? "check" : "close"}
            strokeWidth={1.8}
            className={passed ? "mt-0.5 size-3.5 text-accent" : "mt-0.5 size-3.5 text-ink-3"}
          />
          <div className="min-w-0 flex-1">
            <details className="group">
              <summary className="flex cursor-default list-none items-baseline justify-between gap-2 rounded-sm [&::-webkit-details-marker]:hidden">
                <span className={passed ? "font-medium" : "text-ink-2"} title={TEST_WORDS[test].definition}>
                  {TEST_WORDS[test].label}
                  <span className="sr-only">{passed ? ", passed" : ", not passed"}</span>
                </span>
                <span className="inline-flex min-w-0 items-center gap-0.5 text-2xs text-ink-3">
                  <span className="truncate">{cited(test)}</span>
                  <Icon name="chevronDown" className="size-3 transition-transform group-open:rotate-180" />
                </span>
              </summary>
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
            {facts.length > 0 && (
              <div className="mt-0.5 flex flex-col items-start gap-0.5">
                {facts.map((fact) => (
                  <FactLink key={fact} factId={fact} />
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
