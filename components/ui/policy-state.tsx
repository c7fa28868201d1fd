"use client";

import Link from "next/link";
import type { Outputs } from "@/lib/api/client";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { classNames } from "./class-names";
import { dayInWords } from "./day";
import { Icon } from "./icon";
import { PopoverButton } from "./popover-button";

type State = Outputs["me"]["policy"];

/**
 * Under which policy a number or verdict stands: it goes wherever a number is (domain.md §8.8). Says who
 * signed what and when on press; unsigned, it says so at once.
 */
export function PolicyState({ policy }: { policy: State }) {
  const { signed, proposed } = policy;
  return (
    <PopoverButton
      label="Policy"
      buttonClassName={classNames(
        "inline-flex max-w-full items-center gap-1.5 whitespace-nowrap rounded-sm text-xs focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-2",
        signed
          ? "text-ink-2 hover:text-ink"
          : "border border-warn/50 border-dashed px-1.5 py-px text-warn hover:border-warn",
      )}
      button={
        <>
          <Icon name={signed ? "stamp" : "edit"} className={signed ? "size-3.5 text-accent" : "size-3"} />
          {signed
            ? `Signed ${dayInWords(signed.on)}`
            : proposed
              ? `Draft policy, ${proposed.signatures} of 3 signed`
              : "Draft policy, unsigned"}
          <span className="sr-only">: what this stands under</span>
        </>
      }
      className="w-76 max-w-[calc(100vw-2rem)]"
      sheetClassName="px-4 py-3 text-sm outline-none"
    >
      <Details policy={policy} />
    </PopoverButton>
  );
}

function Details({ policy: { hash, model, signed, proposed } }: { policy: State }) {
  return (
    <div className="flex flex-col gap-2">
      <div>
        <p className="font-semibold">{signed ? signed.title : `${MODEL_WORDS[model].label}, unsigned`}</p>
        <p className="text-ink-2 text-xs">
          {signed
            ? `${MODEL_WORDS[model].label}, in force from ${dayInWords(signed.activeFrom)}. Policy ${signed.number}.`
            : "A draft that nobody is bound by: every number shown is provisional until three people sign."}
        </p>
      </div>
      {signed && (
        <ul className="flex flex-col gap-1 text-xs">
          {signed.by.map(({ seat, name, on }) => (
            <li key={seat} className="flex items-start gap-1.5">
              <Icon name="stamp" className="mt-0.5 size-3 text-accent" />
              <span>
                <span className="font-medium">{name}</span>, {USER_ROLE_NAMES[seat]}
                <span className="tabular block text-ink-3">{dayInWords(on)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="tabular break-all text-2xs text-ink-3" title={hash}>
        SHA-256 {hash}
      </p>
      {proposed && (
        <p className="border-line border-t pt-2 text-ink-2 text-xs">
          Proposed {signed ? "to follow it" : "to be signed"}:{" "}
          <Link
            href={`/policy/${encodeURIComponent(proposed.policyId)}`}
            className="font-medium text-ink underline underline-offset-2"
          >
            {proposed.title}
          </Link>
          , {proposed.signatures} of 3 signed, from {dayInWords(proposed.activeFrom)}.
        </p>
      )}
      <Link href="/policy" className="w-fit text-accent-ink underline underline-offset-2">
        Read the memo
      </Link>
    </div>
  );
}
