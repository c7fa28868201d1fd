import { GrayShare } from "@/components/shared/case/gray-share";
import { Counted } from "@/components/shared/counted";
import { Money } from "@/components/shared/money";
import type { Outputs } from "@/lib/api/client";

/** The quarter in a line: how gray it was, what is left to decide, what hangs on it. */
export function Standing({ answer: { grayShare, counts, atStake } }: { answer: Outputs["exceptionsList"] }) {
  const settled = counts.decided + counts.put_right + counts.withdrawn;
  return (
    <div className="grid gap-x-10 gap-y-4 border-line border-t px-4 py-3 sm:px-6 md:grid-cols-[minmax(16rem,24rem)_1fr]">
      <GrayShare gray={grayShare.gray} closed={grayShare.closed} limit={grayShare.limit} />
      <dl className="flex flex-wrap items-start gap-x-10 gap-y-2">
        <Counted what="To decide" value={counts.open} />
        <Counted what="Deferred" value={counts.deferred} />
        <Counted what="Settled" value={settled} />
        <div>
          <dt className="text-ink-2 text-xs">At stake, undecided</dt>
          <dd className="mt-0.5 font-semibold text-xl">
            {atStake ? (
              <Money amount={atStake.amount} currency={atStake.currency} />
            ) : (
              <span className="font-normal text-ink-2 text-sm">
                {counts.open > 0 ? "in several currencies" : "nothing"}
              </span>
            )}
          </dd>
        </div>
      </dl>
    </div>
  );
}
