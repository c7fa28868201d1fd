import type { ExceptionLine } from "@/components/shared/case/answers";
import { KindText, StateChip } from "@/components/shared/case/case-marks";
import { choiceWords, KIND_WORDS, SIDE_WORDS, SIDES } from "@/components/shared/case/exception-words";
import { Money } from "@/components/shared/money";
import { dayInWords } from "@/lib/text/days";
import { SectionHead } from "./section-head";

/** A case of a frozen quarter, as the meeting left it: nothing to press, and nothing that came later. */
export function SealedCase({ row }: { row: ExceptionLine }) {
  const { dealId, account, amount, currency, partner, owner, openedOn, deferred, claim, raisedBy } = row;
  return (
    <>
      <SectionHead
        title={account ?? dealId}
        lead={<KindText kind={row.kind} />}
        aside={
          <p className="flex items-center gap-3">
            <StateChip row={row} />
            <Money amount={amount} currency={currency} className="font-medium text-base" />
          </p>
        }
      />
      <p className="max-w-prose text-pretty text-base leading-7">
        {claim ? `“${claim}”` : KIND_WORDS[row.kind].definition}
        {claim && raisedBy && <span className="text-ink-3"> {raisedBy.name}</span>}
      </p>
      <dl className="mt-5 grid max-w-prose grid-cols-[8rem_minmax(0,1fr)] gap-y-1.5">
        <Line name="Deal">{dealId}</Line>
        {partner && <Line name="Partner">{partner.name}</Line>}
        <Line name="Owner">{owner?.name ?? "nobody"}</Line>
        <Line name="Opened">{dayInWords(openedOn)}</Line>
        {deferred && (
          <Line name="Deferred">
            to {deferred.to.name}, until {dayInWords(deferred.until)}; it went to the quarter after this one
          </Line>
        )}
      </dl>
      {row.votes.length > 0 && (
        <section aria-label="What both sides decided" className="mt-6 grid gap-2 pb-8 sm:grid-cols-2">
          {SIDES.map((side) => {
            const vote = row.votes.find((one) => one.side === side);
            return (
              <div key={side} className="rounded-md border border-line bg-surface px-3 py-2">
                <p className="text-ink-3 text-xs">{SIDE_WORDS[side]}</p>
                {vote ? (
                  <>
                    <p className="font-medium">{choiceWords(vote)}</p>
                    <p className="text-pretty text-ink-2">“{vote.reason}”</p>
                    <p className="mt-0.5 text-ink-3 text-xs">{vote.by.name}</p>
                  </>
                ) : (
                  <p className="text-ink-2">Did not decide</p>
                )}
              </div>
            );
          })}
        </section>
      )}
    </>
  );
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
