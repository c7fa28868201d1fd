"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { type HeldProgram, type ProgramPartner, programDays } from "./program-days";

const EndDialog = onDemand(() => import("./program-dialogs").then((m) => m.EndDialog));

/** One program of a partner, and its end while that is not said. */
export function Program({ partner, program }: { partner: ProgramPartner; program: HeldProgram }) {
  const today = useMe()?.today ?? "";
  const [isEnding, setEnding] = useState(false);
  const isOver = program.to !== null && program.to < today;
  const isAhead = program.from !== null && program.from > today;
  return (
    <li className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <Chip tone={isOver ? "quiet" : isAhead ? "dashed" : "accent"}>{program.label}</Chip>
      <span className="tabular text-ink-2">
        {isOver && "over: "}
        {isAhead && "to come: "}
        {programDays(program)}
      </span>
      <span className="text-ink-3 text-xs">
        {program.grantedBy ? `taken in by ${program.grantedBy}` : "by an import"}
      </span>
      {program.to === null && (
        <GuardedButton
          size="small"
          look="quiet"
          aria-label={`End ${program.label} of ${partner.name}`}
          because={partner.may.grant}
          onPress={() => setEnding(true)}
        >
          End
        </GuardedButton>
      )}
      {isEnding && <EndDialog partner={partner} program={program} onClose={() => setEnding(false)} />}
    </li>
  );
}
