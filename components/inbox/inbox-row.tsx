"use client";

import Link from "next/link";
import type { KeyboardEvent } from "react";
import { WholeMoney } from "@/components/shared/money";
import { PartnerName } from "@/components/shared/names";
import { useMe } from "@/components/shared/use-me";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { addressOf, titleOf, whyOf } from "@/lib/metrics/inbox-words";
import { dayInWords } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { type InboxItem, keyOf } from "./item-words";
import type { Act } from "./use-item-acts";

/** One item: what it is about, why it is there, since when, and its answers with their keys. */
export function InboxRow({
  item,
  acts,
  isCurrent,
  isOthers,
  onEnter,
}: {
  item: InboxItem;
  acts: readonly Act[];
  isCurrent: boolean;
  /** It stands among other people's, so that it says whose it is. */
  isOthers: boolean;
  onEnter(): void;
}) {
  const today = useMe()?.today ?? item.since;
  const address = addressOf(item);
  const heard = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget && event.key === "Enter")
      event.currentTarget.querySelector("a")?.click();
  };
  return (
    <li
      data-item={keyOf(item)}
      data-deal={item.deal?.id}
      data-partner={item.partner?.id}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onEnter}
      onKeyDown={heard}
      className={classNames(
        "grid gap-x-6 gap-y-2 px-2 py-2.5 -outline-offset-2 focus-visible:outline-2 focus-visible:outline-accent sm:grid-cols-[minmax(0,1fr)_auto]",
        isCurrent && "bg-hover",
      )}
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link href={address} className="font-medium hover:underline">
            {titleOf(item)}
          </Link>
          {item.partner && <PartnerName partner={item.partner} />}
          {item.deal && (
            <WholeMoney
              amount={item.deal.amount}
              currency={item.deal.currency}
              list={undefined}
              className="text-ink-2 text-xs"
            />
          )}
        </p>
        <p className="text-pretty text-ink-2">{whyOf(item, today)}</p>
        <Meta item={item} today={today} isOthers={isOthers} />
      </div>
      <Answers acts={acts} address={address} isCurrent={isCurrent} />
    </li>
  );
}

/** Since when, until when, and, among other people's, whose it is. */
function Meta({
  item: { since, dueOn, owner, deal, given, snoozedUntil },
  today,
  isOthers,
}: {
  item: InboxItem;
  today: string;
  isOthers: boolean;
}) {
  const late = dueOn !== null && dueOn < today;
  const due = dueOn === null ? null : `${late ? "was due" : "due"} ${dayInWords(dueOn)}`;
  const facts = [
    ...(since === dueOn ? [] : [`since ${dayInWords(since)}`]),
    ...(deal ? [deal.state === "open" ? `stage ${deal.stage}` : deal.state] : []),
    ...(isOthers ? [owner?.name ?? "nobody by name"] : []),
    ...(given ? [`given by ${given.by}`] : []),
    ...(snoozedUntil ? [`put off until ${dayInWords(snoozedUntil)}`] : []),
  ].join(" · ");
  return (
    <p className="text-ink-3 text-xs">
      {due && <span className={late ? "font-medium text-warn" : undefined}>{capital(due)}</span>}
      {due && facts ? ` · ${facts}` : capital(facts)}
    </p>
  );
}

/** The answers, of the held item the first one in its colour: it is what a key does now. */
function Answers({
  acts,
  address,
  isCurrent,
}: {
  acts: readonly Act[];
  address: string;
  isCurrent: boolean;
}) {
  const answers = acts.filter(({ aside }) => !aside);
  return (
    <div className="flex flex-wrap items-center gap-2 sm:justify-end print:hidden">
      {answers.map(({ key, label, because, run }, at) => (
        <GuardedButton
          key={key}
          size="small"
          look={at === 0 && isCurrent ? "primary" : "plain"}
          because={because}
          onPress={run}
          className="pointer-coarse:h-11"
        >
          {label}
          <Kbd
            keys={key.toUpperCase()}
            className="[&_kbd]:border-transparent [&_kbd]:bg-transparent [&_kbd]:text-current"
          />
        </GuardedButton>
      ))}
      {answers.length === 0 && (
        <Link href={address} className="text-accent-ink text-xs hover:underline">
          Open
        </Link>
      )}
      <span className="flex gap-1">
        {acts.map(
          ({ key, label, run, aside }) =>
            aside && (
              <IconButton
                key={key}
                label={label}
                icon={aside}
                keys={key.toUpperCase()}
                size="small"
                onPress={run}
              />
            ),
        )}
      </span>
    </div>
  );
}
