import { thousands } from "@/lib/text/numbers";

/** How far a file is, in rows. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <div className="flex w-full max-w-96 items-center gap-2.5">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(done, total)}
        className="h-1 min-w-16 flex-1 overflow-hidden rounded-full bg-hover"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className="tabular whitespace-nowrap text-ink-3 text-xs">
        {thousands(done)} of {thousands(total)}
      </span>
    </div>
  );
}
