import { classNames } from "./class-names";

/** How far something is, as a line and in words; `beside` puts the words at its end, where the place names it. */
export function ProgressBar({
  label,
  value,
  max,
  text,
  beside = false,
}: {
  label: string;
  value: number;
  max: number;
  text: string;
  beside?: boolean;
}) {
  const at = Math.min(value, max);
  const share = max === 0 ? 0 : at / max;
  return (
    <div className={beside ? "flex w-full max-w-96 items-center gap-2.5" : "flex flex-col gap-1"}>
      {!beside && (
        <span className="flex justify-between gap-3 text-xs">
          <span className="text-ink-2">{label}</span>
          <span className="tabular text-ink-3">{text}</span>
        </span>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={at}
        aria-valuetext={text}
        className={classNames(
          "overflow-hidden rounded-full bg-hover",
          beside ? "h-1 min-w-16 flex-1" : "h-1.5",
        )}
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      {beside && <span className="tabular whitespace-nowrap text-ink-3 text-xs">{text}</span>}
    </div>
  );
}
