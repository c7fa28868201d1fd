"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FIELD_LABEL, TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { api } from "@/lib/api/client";
import { isProof, LONGEST_PROOF } from "@/lib/attribution/field-rules";
import { activityLabel } from "@/lib/attribution/menu";
import { dayInWords } from "@/lib/text/days";
import { KeptInstead } from "./kept-instead";
import { KeptFile, keptId, keptWords, useKept } from "./kept-proof";
import { linkWords } from "./link-kinds";

/** What is wrong with a proof as typed, in words; null when it is one, or when there is none. */
export function proofProblem(proof: string): string | null {
  const given = proof.trim();
  const isLong = given.length > LONGEST_PROOF;
  if (given === "" || isProof(given)) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(given)?.[1]?.toLowerCase();
  if (scheme && !["http", "https", "note"].includes(scheme))
    return `A proof is an http(s) link or a note: reference. “${scheme}:” is neither, so it is refused.`;
  if (isLong) return `A proof has at most ${LONGEST_PROOF} characters.`;
  return "A proof is an http(s) link or a note: reference without blanks, like note:QBR-2026-03.";
}

/** What was recognised in it, so that a wrong paste is seen. */
function recognised(proof: string): string {
  return proof.startsWith("note:")
    ? "A note of another system; typed by hand, none that is kept here."
    : linkWords(proof);
}

/** The proof of an activity: recognised as it is pasted, and looked up for doubles. */
export function ProofField({
  value,
  onChange,
  problem,
  activityId,
  dealId,
}: {
  value: string;
  onChange(proof: string): void;
  /** What the server found wrong with it. */
  problem?: string | null;
  /** The activity being edited, which is no double of itself. */
  activityId?: string;
  /** The deal that a note could be kept for; without one, a link it is. */
  dealId?: string | null;
}) {
  const kept = useKept(keptId(value));
  const given = useDeferredValue(value.trim());
  const valid = isProof(given);
  const check = useQuery({
    ...api.proofCheck.queryOptions({ input: { proof: given } }),
    enabled: valid,
  });
  const doubles = valid ? (check.data?.duplicates ?? []).filter((one) => one.activityId !== activityId) : [];
  const first = doubles[0];
  /** Which one somebody said is meant, although it is on record. */
  const [again, setAgain] = useState<string | null>(null);
  if (kept) return <Kept kept={kept} problem={problem} onClear={() => onChange("")} />;
  const field = (
    <TextField
      label="Proof"
      value={value}
      onChange={onChange}
      placeholder="Paste a link"
      problem={proofProblem(value) ?? problem}
      inputProps={{ inputMode: "url", autoComplete: "off", spellCheck: false }}
      note={
        first ? (
          <span className="text-warn">
            On record already: {activityLabel(first.type)}, {dayInWords(first.occurredOn)}, on{" "}
            {first.account ?? first.dealId}
            {doubles.length > 1 && ` and ${doubles.length - 1} more`}.
          </span>
        ) : valid ? (
          recognised(given)
        ) : (
          "Without proof it saves, and stands as disputed until proof is added."
        )
      }
    />
  );
  // One place for the field whatever stands below it: it keeps the focus of whoever types.
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {field}
      {first && (
        <Checkbox
          isSelected={again === given}
          data-unsettled={again !== given || undefined}
          onChange={(on) => setAgain(on ? given : null)}
          className="text-xs pointer-coarse:min-h-10"
        >
          It proves this one too: count it again
        </Checkbox>
      )}
      {dealId && value.trim() === "" && <KeptInstead dealId={dealId} onKept={onChange} />}
    </div>
  );
}

/** A note or file that is the proof now, as itself: nobody has to read how a proof names it. */
function Kept({
  kept,
  problem,
  onClear,
}: {
  kept: NonNullable<ReturnType<typeof useKept>>;
  problem?: string | null;
  onClear(): void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className={FIELD_LABEL}>Proof</legend>
      <div className="mt-1 flex items-start justify-between gap-3 rounded-md border border-line bg-sunken px-2.5 py-1.5">
        <div className="min-w-0">
          {kept.file ? (
            <KeptFile file={kept.file} />
          ) : (
            <p className="flex min-w-0 items-start gap-1.5">
              <Icon name="note" className="mt-1 size-3 shrink-0 text-ink-3" />
              <span className="line-clamp-3 break-words">{kept.text}</span>
            </p>
          )}
          <p className="text-ink-3 text-xs">{keptWords(kept)}. It stays as it is.</p>
        </div>
        <Button size="small" look="quiet" onPress={onClear}>
          Something else
        </Button>
      </div>
      {problem && (
        <p role="alert" className="text-danger text-xs">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
