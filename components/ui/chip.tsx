import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

const TONES = {
  plain: "border border-line bg-surface text-ink-2",
  quiet: "bg-hover text-ink-2",
  accent: "bg-accent-soft text-accent-ink",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
  dashed: "border border-dashed border-line-control text-ink-2",
} as const;

/** A small label. Its tone is never the only bearer of its meaning. */
export function Chip({
  tone = "plain",
  says,
  className,
  children,
}: {
  tone?: keyof typeof TONES;
  /** What it means, for who asks. */
  says?: string;
  className?: string;
  children: ReactNode;
}) {
  const chip = (
    <span
      data-chip
      className={classNames(
        "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-2xs",
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
  return says ? <Tooltip text={says}>{chip}</Tooltip> : chip;
}
