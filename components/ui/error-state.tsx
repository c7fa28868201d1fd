"use client";

import { problemOf } from "@/lib/api/problem-of";
import type { ErrorCode } from "@/lib/errors";
import { Button } from "./button";
import { buttonLook } from "./button-look";
import { Icon } from "./icon";
import { problemWords } from "./problem-words";

const HEADINGS: Partial<Record<ErrorCode, string>> = {
  unavailable: "This could not be loaded",
  invalid: "This cannot be shown",
  forbidden: "Not yours to see",
};

/** A region that could not be shown: says which rule or what failed, and offers to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?(): void }) {
  const problem = problemOf(error);
  const { title, detail } = problemWords(problem);
  // Titles speak of writes; here something was asked for.
  const heading = HEADINGS[problem.code] ?? title;
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <Icon name="alert" className="size-6 text-danger" strokeWidth={1.1} />
      <p className="font-semibold text-base">{heading}</p>
      <p className="text-balance text-ink-2">{detail}</p>
      {problem.code === "unauthenticated" && (
        // A whole load: nothing of the ended session may stay in memory.
        <a href="/sign-in" className={`${buttonLook("primary")} mt-2`}>
          Sign in
        </a>
      )}
      {onRetry && problem.code !== "unauthenticated" && (
        <Button className="mt-2" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** The same, in a line of a form. */
export function ProblemLine({ error }: { error: unknown }) {
  const { title, detail } = problemWords(problemOf(error));
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger">
      <Icon name="alert" className="mt-0.5" />
      <span>
        <strong className="font-semibold">{title}.</strong> {detail}
      </span>
    </p>
  );
}
