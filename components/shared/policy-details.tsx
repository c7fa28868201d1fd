import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { dayInWords } from "@/lib/text/days";

/** What a PolicyState opens: who signed what and when; loaded when somebody is there to ask. */
export function PolicyDetails({
  policy: { hash, model, signed, proposed, unsignedBefore },
}: {
  policy: Outputs["me"]["policy"];
}) {
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
      {signed && unsignedBefore && (
        <p className="text-pretty text-ink-2 text-xs">
          Deals closed before {dayInWords(unsignedBefore)} are judged by the unsigned preset, and numbers that
          rest on them say so.
        </p>
      )}
      <p className="tabular break-all text-2xs text-ink-3">SHA-256 {hash}</p>
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
