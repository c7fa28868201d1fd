"use client";

import Link from "next/link";
import { AccountName, PartnerName } from "@/components/shared/names";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { INVOLVEMENT_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import type { Acts, Row } from "./use-suggestions";

/** What one sentence of a file says that a partner did, and its answers with their keys. */
export function Suggestion({
  row,
  isCurrent,
  acts,
  onEnter,
}: {
  row: Row;
  isCurrent: boolean;
  acts: Acts;
  onEnter(): void;
}) {
  return (
    <li
      data-item={row.id}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onEnter}
      className={classNames(
        "grid gap-x-6 gap-y-2 px-2 py-3 -outline-offset-2 focus-visible:outline-2 focus-visible:outline-accent sm:grid-cols-[minmax(0,1fr)_auto]",
        isCurrent && "bg-hover",
      )}
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="font-medium">{row.label}</span>
          {row.reader === "model" && (
            <Explained text="The model that this company named read it, not the house’s rules. The sentence stands in the file; the rest is the model’s word.">
              <Chip tone="dashed">Read by a model</Chip>
            </Explained>
          )}
          <PartnerName partner={row.partner} />
          {row.contact && <span className="text-ink-2">{row.contact}</span>}
          <span className="text-ink-3">on</span>
          <OnDeal row={row} />
        </p>
        <blockquote className="mt-1.5 whitespace-pre-line border-line-strong border-l-2 pl-3 text-pretty">
          {row.quote}
        </blockquote>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-3 text-xs">
          {row.occurredOn ? (
            <span className="text-ink-2">{dayInWords(row.occurredOn)}</span>
          ) : (
            <Chip tone="warn">The day is left open</Chip>
          )}
          <span>{INVOLVEMENT_WORDS[row.involvement].label.toLowerCase()}</span>
          <Original row={row} />
        </p>
        {row.file.summary && (
          <p className="mt-1 text-pretty text-ink-3 text-xs">
            <span className="font-medium">A model’s summary of the file:</span> {row.file.summary}
          </p>
        )}
      </div>
      <Answers row={row} acts={acts} isCurrent={isCurrent} />
    </li>
  );
}

/** The deal, or that it is left open which of the customer's it was. */
function OnDeal({ row: { deal, deals, account } }: { row: Row }) {
  if (!deal)
    return (
      <>
        <AccountName account={account} />
        <Chip tone="warn">
          {deals.length > 1 ? `Which of ${count(deals.length, "deal")} is left open` : "No deal of that time"}
        </Chip>
      </>
    );
  return (
    <Link href={`/deals/${encodeURIComponent(deal.id)}`} className="rounded-sm font-medium hover:underline">
      {deal.name ? `${account.name}, ${deal.name}` : account.name}
    </Link>
  );
}

const CAME = {
  page: "handed in",
  mail: "sent to the mailbox",
  call: "sent by the recorder of calls",
} as const;

/** The file as it came, and how. */
function Original({ row: { file } }: { row: Row }) {
  return (
    <>
      <Tooltip text={`The original, SHA-256 ${file.sha256}`}>
        <a
          href={`/api/evidence/${file.sha256}`}
          download={file.name}
          className="inline-flex min-w-0 max-w-full items-center gap-1 text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
        >
          <Icon name="export" className="size-3 shrink-0" />
          <span className="max-w-72 truncate">{file.name}</span>
          <span className="sr-only">, the original, a file to take away</span>
        </a>
      </Tooltip>
      <span>
        {CAME[file.via]} on {dayInWords(file.on)}
        {file.by && ` by ${file.by}`}
      </span>
    </>
  );
}

function Answers({ row, acts, isCurrent }: { row: Row; acts: Acts; isCurrent: boolean }) {
  return (
    <div className="flex flex-wrap items-start gap-2">
      <GuardedButton
        size="small"
        look={isCurrent ? "primary" : "plain"}
        because={row.may.accept}
        onPress={() => acts.accept(row)}
      >
        Accept{" "}
        <Kbd
          keys="E"
          className={
            isCurrent ? "[&_kbd]:border-current/30 [&_kbd]:bg-transparent [&_kbd]:text-current" : undefined
          }
        />
      </GuardedButton>
      <GuardedButton size="small" because={row.may.accept} onPress={() => acts.change(row)}>
        Change <Kbd keys="W" />
      </GuardedButton>
      <GuardedButton size="small" look="quiet" because={row.may.dismiss} onPress={() => acts.dismiss(row)}>
        Dismiss <Kbd keys="D" />
      </GuardedButton>
    </div>
  );
}
