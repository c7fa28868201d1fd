"use client";

import Link from "next/link";
import { EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { PartnerName } from "@/components/shared/names";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Button, GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Kbd } from "@/components/ui/kbd";
import { driftInWords } from "@/lib/attribution/drifted-words";
import { REGISTRATION_STATUS_LABELS, ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { FINDING_WORDS, reasonSentence, SUGGESTION_WORDS } from "./finding-words";
import type { Line } from "./reconciliation-params";
import { type LineActs, nameOf } from "./use-line-acts";

/** One deal beside its evidence: what is found, what would settle it and why, and what can be done. */
export function LinePanel({ line, acts, onClose }: { line: Line; acts: LineActs; onClose(): void }) {
  return (
    <article
      aria-label={`${nameOf(line)} beside its evidence`}
      className="flex flex-col gap-5 px-4 py-4 sm:px-5"
    >
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-semibold text-lg">
            <Link href={`/deals/${encodeURIComponent(line.dealId)}`} className="rounded-sm hover:underline">
              {nameOf(line)}
            </Link>
          </h2>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
            <Money amount={line.amount} currency={line.currency} />
            <span>
              {line.as} on {dayInWords(line.closedOn)}, {line.owner}
            </span>
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <OutcomeBadge outcome={line.outcome} />
            {line.evidence && <EvidenceMark grade={line.evidence} />}
          </p>
        </div>
        <IconButton label="Close" icon="close" size="small" onPress={onClose} />
      </header>
      <Evidence line={line} />
      <Found line={line} acts={acts} />
      <Standing line={line} acts={acts} />
    </article>
  );
}

function Evidence({ line }: { line: Line }) {
  return (
    <section aria-label="Evidence">
      <h3 className="eyebrow">Evidence</h3>
      {line.noPartner && <p className="mt-1.5">{line.owner} said that no partner was involved.</p>}
      {!line.noPartner && line.partners.length === 0 && (
        <p className="mt-1.5 text-ink-2">Nothing names a partner, and nobody said that none was involved.</p>
      )}
      <ul className="mt-1 divide-y divide-line">
        {line.partners.map((one) => (
          <li key={one.partner.id} className="grid gap-0.5 py-2">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <PartnerName partner={one.partner} className="font-medium" />
              <OutcomeBadge outcome={one.outcome} size="small" />
              {one.roles.map(({ role, confirmed }) => (
                <Chip key={role} tone={confirmed ? "plain" : "warn"}>
                  {ROLE_WORDS[role].label}
                  {!confirmed && ", waits"}
                </Chip>
              ))}
            </p>
            <p className="text-ink-2 text-xs">{didWords(one)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function didWords({ roles, activities, proven, lastOn, registered }: Line["partners"][number]): string {
  const did =
    activities === 0
      ? "No activity"
      : `${count(activities, "activity", "activities")}, ${proven === activities ? "all" : proven} with proof${lastOn ? `, the last on ${dayInWords(lastOn)}` : ""}`;
  const row = roles.length === 0 ? "no row" : null;
  const registration = registered && `registration ${REGISTRATION_STATUS_LABELS[registered].toLowerCase()}`;
  return [did, row, registration].filter(Boolean).join(" · ");
}

function Found({ line, acts }: { line: Line; acts: LineActs }) {
  if (line.found.length === 0) return <p className="text-ink-2">Nothing is found on it.</p>;
  return (
    <section aria-label="Found">
      <h3 className="eyebrow">Found</h3>
      <ul className="mt-1.5 flex flex-col gap-2.5">
        {line.found.map((one) => (
          <li
            key={`${one.kind} ${one.partner?.id ?? ""} ${one.drift?.key ?? ""}`}
            className="rounded-md border border-line bg-sunken px-3 py-2.5"
          >
            <p className="font-medium">{FINDING_WORDS[one.kind].label}</p>
            <p className="mt-0.5 text-pretty text-ink-2">
              <span className="font-medium text-ink">{SUGGESTION_WORDS[one.suggestion]}.</span>{" "}
              {reasonSentence(one, line)}
            </p>
            {one.drift && <SideBySide line={line} drift={one.drift} acts={acts} />}
          </li>
        ))}
      </ul>
      <Acts line={line} acts={acts} />
    </section>
  );
}

/** What stands here beside what the CRM says, and which of the two holds. */
function SideBySide({
  line,
  drift,
  acts,
}: {
  line: Line;
  drift: NonNullable<Line["found"][number]["drift"]>;
  acts: LineActs;
}) {
  return (
    <>
      <table className="mt-2 w-full text-start">
        <thead>
          <tr className="text-ink-2 text-xs">
            <th scope="col" className="py-1 pe-3 text-start font-normal">
              {drift.of === "deals" ? "The deal" : "The role row"}
            </th>
            <th scope="col" className="py-1 pe-3 text-start font-normal">
              Here
            </th>
            <th scope="col" className="py-1 text-start font-normal">
              {drift.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {driftInWords(drift.fields, line.currency).map(({ label, here, there }) => (
            <tr key={label} className="border-line border-t align-top">
              <th scope="row" className="py-1 pe-3 text-start font-normal text-ink-2">
                {label}
              </th>
              <td className="tabular break-words py-1 pe-3">{here}</td>
              <td className="tabular break-words py-1">{there}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-2 flex flex-wrap gap-2">
        <GuardedButton
          size="small"
          because={drift.may.take}
          isPending={acts.isPending}
          onPress={() => acts.take(line, drift)}
        >
          Take the CRM's
        </GuardedButton>
        <GuardedButton
          size="small"
          because={drift.may.keep}
          isPending={acts.isPending}
          onPress={() => acts.keep(line, drift)}
        >
          Keep ours
        </GuardedButton>
      </div>
    </>
  );
}

/** Every way to settle it that somebody may take here. */
function Acts({ line, acts }: { line: Line; acts: LineActs }) {
  const unanswered = line.found.some(({ kind, partner }) => kind === "unconfirmed" && partner === null);
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {line.may.confirm.map((one) => (
        <GuardedButton
          key={one.rowId}
          look="primary"
          because={one.may}
          isPending={acts.isPending}
          onPress={() => acts.confirm(one)}
        >
          Confirm {one.partner.name}
        </GuardedButton>
      ))}
      {unanswered && (
        <GuardedButton
          because={line.may.noPartner}
          isPending={acts.isPending}
          onPress={() => acts.noPartner(line)}
        >
          No partner involved <Kbd keys="N" />
        </GuardedButton>
      )}
      {line.state !== "stands" && (
        <GuardedButton because={line.may.stands} isPending={acts.isPending} onPress={() => acts.stands(line)}>
          It stands <Kbd keys="S" />
        </GuardedButton>
      )}
      <GuardedButton because={line.may.raise} onPress={() => acts.raise(line)}>
        Exception <Kbd keys="E" />
      </GuardedButton>
    </div>
  );
}

/** What was decided, by whom; and where it was passed on to. */
function Standing({ line, acts }: { line: Line; acts: LineActs }) {
  const { decision, exception } = line;
  if (!decision && !exception) return null;
  return (
    <section aria-label="Decided" className="flex flex-col gap-2">
      <h3 className="eyebrow">Decided</h3>
      {decision && (
        <p className="text-pretty">
          {decision.by.name} left it as it stood on {dayInWords(decision.on)}
          {decision.reason && `: ${decision.reason}`}.{" "}
          {!decision.holds && (
            <span className="text-warn">Its facts are others since, or something else is found.</span>
          )}
        </p>
      )}
      {decision && line.may.takeBack === true && (
        <Button className="w-fit" size="small" onPress={() => acts.takeBack(line)}>
          Take back
        </Button>
      )}
      {exception && (
        <p>
          <Link
            href={`/exceptions?quarter=${exception.quarter}&open=${encodeURIComponent(exception.id)}`}
            className="rounded-sm underline decoration-line-control underline-offset-2 hover:decoration-ink"
          >
            {exception.settled ? "Its case was settled" : "A case passes it on to the two sides"}
          </Link>
        </p>
      )}
    </section>
  );
}
