import { Icon } from "@/components/ui/icon";
import type { ExceptionDetail, Side } from "./answers";
import { choiceWords, isUnsettled, SIDE_WORDS, SIDES } from "./exception-words";
import { Part } from "./part";

/** The two seats: what each side decided and why, or whose word is missing. */
export function Votes({ detail, mine }: { detail: ExceptionDetail; mine: Side | null }) {
  const open = isUnsettled(detail);
  if (!open && detail.votes.length === 0) return null;
  return (
    <Part title="Both sides decide">
      <div className="grid gap-2 sm:grid-cols-2">
        {SIDES.map((side) => {
          const vote = detail.votes.find((one) => one.side === side);
          return (
            <div
              key={side}
              data-seat={side}
              className={
                vote
                  ? "rounded-md border border-line bg-surface px-3 py-2"
                  : "rounded-md border border-line-control border-dashed px-3 py-2"
              }
            >
              <p className="flex items-center justify-between gap-2 text-ink-3 text-xs">
                <span>
                  {SIDE_WORDS[side]}
                  {side === mine && ", your side"}
                </span>
                {vote && <Icon name="check" className="size-3.5 text-accent" />}
              </p>
              {vote ? (
                <>
                  <p className="font-medium">{choiceWords(vote)}</p>
                  <p className="text-pretty text-ink-2">“{vote.reason}”</p>
                  <p className="mt-0.5 text-ink-3 text-xs">{vote.by.name}</p>
                </>
              ) : (
                <p className="text-ink-2">{open ? "Has not decided yet" : "Did not decide"}</p>
              )}
            </div>
          );
        })}
      </div>
      {detail.split && open && (
        <p role="status" className="mt-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
          The two sides differ, so nothing is decided. It is settled as soon as both say the same.
        </p>
      )}
    </Part>
  );
}
