import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import { dayInWords } from "@/lib/text/days";
import type { ExceptionLine, Kind } from "./answers";
import {
  choiceWords,
  isUnsettled,
  KIND_WORDS,
  SIDE_WORDS,
  SIDES,
  STATE_WORDS,
  settlementWords,
} from "./exception-words";

/** What kind of gray it is. */
export function KindText({ kind }: { kind: Kind }) {
  return (
    <Tooltip text={KIND_WORDS[kind].definition}>
      <span className="font-medium">{KIND_WORDS[kind].label}</span>
    </Tooltip>
  );
}

/** Where a case stands, in a word or two. */
export function StateChip({ row }: { row: Pick<ExceptionLine, "state" | "settled" | "deferred" | "split"> }) {
  if (row.settled)
    return (
      <Chip tone="accent" says={`Settled on ${dayInWords(row.settled.on)}`}>
        <Icon name="check" className="size-3" />
        {settlementWords(row.settled.by)}
      </Chip>
    );
  if (row.deferred)
    return (
      <Chip tone="quiet" says={`Deferred to ${row.deferred.to.name}`}>
        <Icon name="clock" className="size-3" />
        Until {dayInWords(row.deferred.until, false)}
      </Chip>
    );
  if (row.split)
    return (
      <Chip tone="danger" says="The two sides decided differently">
        Sides differ
      </Chip>
    );
  return <Chip tone="warn">{STATE_WORDS[row.state]}</Chip>;
}

/** Which of the two sides have spoken: a filled seat a vote. */
export function SeatDots({ row }: { row: Pick<ExceptionLine, "votes" | "state"> }) {
  const { votes } = row;
  if (!isUnsettled(row) && votes.length === 0) return <span className="text-ink-3">—</span>;
  const said = SIDES.map((side) => {
    const vote = votes.find((one) => one.side === side);
    return `${SIDE_WORDS[side]}: ${vote ? choiceWords(vote) : "not yet"}`;
  }).join(", ");
  return (
    <Tooltip text={said}>
      <span className="inline-flex items-center gap-1">
        <span className="sr-only">{said}</span>
        {SIDES.map((side) => {
          const has = votes.some((vote) => vote.side === side);
          return (
            <span
              key={side}
              aria-hidden="true"
              className={
                has
                  ? "grid size-4.5 place-items-center rounded-full bg-accent font-semibold text-[0.5625rem] text-on-accent"
                  : "grid size-4.5 place-items-center rounded-full border border-line-control border-dashed text-[0.5625rem] text-ink-3"
              }
            >
              {side === "finance" ? "F" : "P"}
            </span>
          );
        })}
      </span>
    </Tooltip>
  );
}
