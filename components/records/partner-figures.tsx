import Link from "next/link";
import type { ReactNode } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import { GRADE_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { percentOf, thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { dealsOfPartner } from "./deals-of-partner";

type Motion = Outputs["partnerMotion"];

/** A share of fewer is chance (domain.md §7). */
const FEWEST = 5;

/** What came of it: each figure by itself, since outcomes are never added together, and each opens its deals. */
export function PartnerFigures({ partnerId, motion }: { partnerId: string; motion: Motion }) {
  const { outcomes, disputed } = motion;
  return (
    <dl className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      {outcomes.map(({ outcome, deals, evidence }) => (
        <Tile key={outcome} name={OUTCOME_WORDS[outcome].label} says={OUTCOME_WORDS[outcome].definition}>
          <Opens href={dealsOfPartner(partnerId, { partnerOutcome: [outcome] })} isLarge>
            {thousands(deals)}
          </Opens>
          {evidence.map(({ grade, deals: many }) => (
            <Opens
              key={grade}
              href={dealsOfPartner(partnerId, { partnerOutcome: [outcome], partnerEvidence: grade })}
            >
              {thousands(many)} {GRADE_WORDS[grade].label.toLowerCase()}
            </Opens>
          ))}
        </Tile>
      ))}
      {disputed > 0 && (
        <Tile name="Disputed" says="With its own gaps filled it would have a better outcome there.">
          <Opens href={dealsOfPartner(partnerId, { partnerDisputed: true })} isLarge>
            {thousands(disputed)}
          </Opens>
        </Tile>
      )}
      <InfluencedToWon partnerId={partnerId} influenced={motion.influenced} />
      <ProofRate partnerId={partnerId} months={motion.months} />
    </dl>
  );
}

function InfluencedToWon({
  partnerId,
  influenced: { outcomes, won, lost },
}: {
  partnerId: string;
  influenced: Motion["influenced"];
}) {
  const closed = won + lost;
  if (closed === 0) return null;
  const of = (state: "won" | "lost") => dealsOfPartner(partnerId, { partnerOutcome: outcomes, state });
  return (
    <Tile name="Influenced to won" says="Won among the closed deals that it influenced.">
      <span className="tabular font-semibold text-xl">
        {closed < FEWEST ? (
          <>
            <span aria-hidden="true">—</span>
            <span className="sr-only">undefined: too few deals to tell</span>
          </>
        ) : (
          percentOf(won, closed, 0)
        )}
      </span>
      <Opens href={of("won")}>{thousands(won)} won</Opens>
      <Opens href={of("lost")}>{thousands(lost)} lost</Opens>
      {closed < FEWEST && <span>too few to tell</span>}
    </Tile>
  );
}

function ProofRate({ partnerId, months }: { partnerId: string; months: Motion["months"] }) {
  const [activities, proven] = [sumOf(months, "activities"), sumOf(months, "proven")];
  if (activities === 0) return null;
  return (
    <Tile name="Proof rate" says="Activities with proof among all of the last twelve months.">
      <span className="tabular font-semibold text-xl">{percentOf(proven, activities, 0)}</span>
      {proven > 0 && (
        <Opens href={dealsOfPartner(partnerId, { partnerProof: "proven" })}>
          {thousands(proven)} with proof
        </Opens>
      )}
      {proven < activities && (
        <Opens href={dealsOfPartner(partnerId, { partnerProof: "missing" })}>
          {thousands(activities - proven)} without
        </Opens>
      )}
      <span>of {count(activities, "activity", "activities")}</span>
    </Tile>
  );
}

const sumOf = (months: Motion["months"], what: "activities" | "proven") =>
  months.reduce((sum, month) => sum + month[what], 0);

function Tile({ name, says, children }: { name: string; says: string; children: ReactNode }) {
  return (
    <div className="flex min-w-32 flex-col rounded-md border border-line bg-surface px-3 py-2">
      <dt className="text-ink-2 text-xs">
        <Tooltip text={says}>
          <span>{name}</span>
        </Tooltip>
      </dt>
      <dd className="flex flex-col items-start gap-0.5 text-ink-3 text-xs">{children}</dd>
    </div>
  );
}

function Opens({ href, isLarge, children }: { href: string; isLarge?: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={`tabular rounded-sm decoration-line-control underline-offset-2 hover:underline ${
        isLarge ? "font-semibold text-ink text-xl" : "text-ink-2"
      }`}
    >
      {children}
    </Link>
  );
}
