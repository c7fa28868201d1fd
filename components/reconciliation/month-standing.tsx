import { Counted } from "@/components/shared/counted";
import { percent } from "@/lib/text/numbers";
import type { Answer } from "./reconciliation-params";

/** The month in a line: how many of the won and of the lost were confirmed, and what is left to decide. */
export function MonthStanding({ answer: { confirmed, counts } }: { answer: Answer }) {
  const closed = confirmed.won.closed + confirmed.lost.closed;
  return (
    <dl className="flex flex-wrap items-start gap-x-10 gap-y-2 border-line border-t px-4 py-3 sm:px-6">
      <Counted what="Closed" value={closed} />
      <Counted what="To decide" value={counts.undecided} />
      <Share what="Won, confirmed" of={confirmed.won} />
      <Share what="Lost, confirmed" of={confirmed.lost} />
    </dl>
  );
}

function Share({ what, of: { closed, confirmed } }: { what: string; of: Answer["confirmed"]["won"] }) {
  return (
    <div>
      <dt className="text-ink-2 text-xs">{what}</dt>
      <dd className="mt-0.5 flex items-baseline gap-2">
        <span className="tabular font-semibold text-xl">
          {closed === 0 ? "—" : percent(confirmed / closed, 0)}
        </span>
        <span className="tabular text-ink-3 text-xs">
          {closed === 0 ? "none closed" : `${confirmed} of ${closed}`}
        </span>
      </dd>
    </div>
  );
}
