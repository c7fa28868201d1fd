"use client";

import Link from "next/link";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { capital } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";

/** Open cases named before the rest is counted. */
const SHOWN = 8;

type Check = ReviewAnswer["close"]["checklist"][number];

/** What a quarter needs before it is frozen: done, or what is missing and the way to it. */
export function CloseChecklist({
  review,
  presents,
  onOpen,
}: {
  review: ReviewAnswer;
  presents: boolean;
  onOpen(id: string): void;
}) {
  return (
    <ul aria-label="Close checklist" className="divide-y divide-line border-line border-y">
      {review.close.checklist.map((check) => (
        <li key={check.item} className="flex items-start gap-2.5 py-2">
          <Icon
            name={check.done ? "check" : "minus"}
            className={check.done ? "mt-0.5 size-3.5 text-accent" : "mt-0.5 size-3.5 text-warn"}
          />
          <div className="min-w-0 flex-1">
            <p className={check.done ? "text-ink-2" : "font-medium"}>
              <span className="sr-only">{check.done ? "Done: " : "Missing: "}</span>
              {check.says}.
            </p>
            {!check.done && !presents && <WayTo check={check} review={review} onOpen={onOpen} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

const LINK =
  "rounded-sm text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current";

function WayTo({ check, review, onOpen }: { check: Check; review: ReviewAnswer; onOpen(id: string): void }) {
  switch (check.item) {
    case "costs":
      return <Costs check={check} review={review} />;
    case "rates":
      return (
        <Link className={LINK} href={`/settings/finance?quarter=${review.quarter.label}`}>
          Enter the rates
        </Link>
      );
    case "policy":
      return (
        <Link className={LINK} href="/policy">
          The policy
        </Link>
      );
    case "cases":
      return <OpenCases review={review} onOpen={onOpen} />;
    case "review":
      return review.meeting ? (
        <button type="button" className={LINK} onClick={() => onOpen("minutes")}>
          Write the minutes
        </button>
      ) : null;
    default:
      return null;
  }
}

const SIDES = { partner_program: "programme", direct_sales: "direct sales" } as const;

/** Entered, or said to be none: never left out. */
function Costs({ check, review }: { check: Check; review: ReviewAnswer }) {
  const { label } = review.quarter;
  const say = useWrite("sayNoCost", { said: () => null });
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2">
      <Link className={LINK} href={`/settings/finance?quarter=${label}`}>
        Enter the costs
      </Link>
      {check.missing?.map(({ side, category }) => (
        <GuardedButton
          key={`${side} ${category}`}
          size="small"
          because={review.may.sayNoCost}
          isPending={say.isPending}
          onPress={() => say.mutate({ quarter: label, side, category })}
        >
          {category === "any" ? `No ${SIDES[side]} cost` : `${capital(category)}: none`}
        </GuardedButton>
      ))}
    </div>
  );
}

function OpenCases({ review, onOpen }: { review: ReviewAnswer; onOpen(id: string): void }) {
  const open = review.exceptions.rows.filter(({ state }) => state === "open");
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5">
      {open.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          <button type="button" onClick={() => onOpen(row.id)} className={LINK}>
            {row.account ?? row.dealId}
          </button>{" "}
          <span className="text-ink-3 text-xs">{row.label}</span>
        </li>
      ))}
      {review.exceptions.open > SHOWN && (
        <li className="text-ink-3 text-xs">
          and {review.exceptions.open - Math.min(SHOWN, open.length)} more
        </li>
      )}
    </ul>
  );
}
