"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Term } from "@/components/shared/term";
import { mayEver, useMe } from "@/components/shared/use-me";
import { api } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { Seal } from "./seal";
import { SectionHead } from "./section-head";
import { TakeAway } from "./take-away";

/** What a stranger checks of it, for who may read the log. */
function Audit({ quarter }: { quarter: string }) {
  return (
    <section aria-label="Audit">
      <h2 className="eyebrow mb-1.5">For an auditor</h2>
      <p className="text-pretty text-ink-2">
        A sample of its deals is looked at in the{" "}
        <Link
          href={`/review/${quarter}/audit`}
          className="text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
        >
          auditor's room
        </Link>
        . The{" "}
        <a
          href={`/api/review/${quarter}/bundle.html`}
          download
          className="text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
        >
          proof bundle
        </a>{" "}
        is one page that verifies itself without a network.
      </p>
    </section>
  );
}

/** A quarter that never changes again: its seal, and what differs from it since. */
export function FrozenQuarter({ review, presents }: { review: ReviewAnswer; presents: boolean }) {
  const { label } = review.quarter;
  const me = useMe();
  const readsLog = !presents && mayEver(me, "audit.read");
  const differs = useQuery({
    ...api.restatements.queryOptions({ input: { quarter: label, limit: 1 } }),
    enabled: !presents,
  }).data;
  return (
    <>
      <SectionHead
        title={
          <>
            {label} is <Term of="freeze">frozen</Term>
          </>
        }
        lead="Its numbers come from the seal, whatever happens to the deals."
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          {review.seal && <Seal seal={review.seal} quarter={label} />}
          <section aria-label="Restatements">
            <h2 className="eyebrow mb-1.5">Since then</h2>
            <p className="text-ink-2">
              {!differs
                ? "Looking for what differs…"
                : differs.total === 0
                  ? "Nothing differs from the seal."
                  : `${count(differs.total, "deal differs", "deals differ")} from the seal, ${
                      differs.counts.movesNumbers
                    } by which the numbers would.`}{" "}
              <Link
                href={`/review/${label}/restatements`}
                className="text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
              >
                Restatements
              </Link>
            </p>
          </section>
          {readsLog && <Audit quarter={label} />}
        </div>
        <section aria-label="Take-away">
          <h2 className="eyebrow mb-2">Take it away</h2>
          <TakeAway quarter={label} long />
        </section>
      </div>
    </>
  );
}
