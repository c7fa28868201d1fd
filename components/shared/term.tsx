"use client";

import { type ReactNode, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { onDemand } from "@/components/ui/on-demand";
import { Tooltip } from "@/components/ui/tooltip";
import { GLOSSARY, type Term as TermName } from "@/lib/attribution/glossary";

const GlossaryDialog = onDemand(() => import("./glossary-dialog").then((m) => m.GlossaryDialog));

/** A word of the domain where it stands: its definition on hover and focus, all of them on a press. */
export function Term({
  of,
  className,
  children = GLOSSARY[of].label,
}: {
  of: TermName;
  className?: string;
  /** The word as it stands in its sentence. */
  children?: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Tooltip text={GLOSSARY[of].definition}>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
          className={classNames(
            "cursor-help rounded-sm text-left underline decoration-line-control decoration-dotted underline-offset-3 hover:decoration-current print:no-underline",
            className,
          )}
        >
          {children}
        </button>
      </Tooltip>
      {isOpen && <GlossaryDialog at={of} onClose={() => setOpen(false)} />}
    </>
  );
}
