"use client";

import { useDayOf } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { list } from "@/lib/text/words";

export type Seat = Outputs["policy"]["seats"][number];

interface SeatListProps {
  seats: readonly Seat[];
  /** It waits for signatures. */
  waits: boolean;
  /** It ended unsigned: nobody is asked any more. */
  ended: boolean;
  onSign(seat: Seat): void;
}

/** Three seats over one hash: who has signed, who may. */
export function SeatList({ seats, onSign, ...standing }: SeatListProps) {
  return (
    <ul className="mt-2 divide-y divide-line border-line border-y">
      {seats.map((seat) => (
        <SeatRow key={seat.seat} {...standing} seat={seat} onSign={() => onSign(seat)} />
      ))}
    </ul>
  );
}

function SeatRow({
  seat: { name, holders, signature, maySign },
  waits,
  ended,
  onSign,
}: Pick<SeatListProps, "waits" | "ended"> & { seat: Seat; onSign(): void }) {
  const dayOf = useDayOf();
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <span
        className={
          signature
            ? "flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent"
            : "flex size-8 shrink-0 items-center justify-center rounded-full border border-line-control border-dashed text-ink-3"
        }
      >
        <Icon name={signature ? "stamp" : "edit"} className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-ink-2 text-xs">
          {signature ? (
            <>
              {signature.name}, {dayInWords(dayOf(signature.at))}
              {signature.method === "passkey" && ", by passkey"}, over{" "}
              <Tooltip text={signature.hash}>
                <span className="tabular">{signature.hash.slice(0, 12)}</span>
              </Tooltip>
            </>
          ) : ended ? (
            "Not signed"
          ) : holders.length > 0 ? (
            `${list(holders, "or")} ${waits ? "has not signed" : "signs here"}`
          ) : (
            "Nobody holds this role: an admin gives it in Settings, People"
          )}
        </p>
      </div>
      {waits &&
        !signature &&
        (maySign === true ? (
          <Button look="primary" icon="stamp" onPress={onSign}>
            Sign
          </Button>
        ) : (
          <span className="max-w-44 text-right text-ink-3 text-xs">{maySign}</span>
        ))}
    </li>
  );
}
