import { Icon } from "@/components/ui/icon";

/** The files of a company of five deals, in the order in which they land (public/samples). */
const FILES = [
  ["accounts", "your customers, and the domains they are known by"],
  ["partners", "who they are, with their programs"],
  ["deals", "amount, owner, days, what became of them"],
  ["stage_history", "when each deal entered a stage"],
  ["registrations", "deals that partners registered"],
  ["roles", "who holds which role on a deal"],
  ["activities", "what partners did, with the proof"],
  ["costs", "what a quarter cost"],
  ["rates", "what other currencies were worth"],
] as const;

/** What our own files look like; a CRM's are mapped. */
export function Samples() {
  return (
    <section aria-labelledby="samples-title">
      <h2 id="samples-title" className="font-semibold text-base">
        Sample files
      </h2>
      <p className="mb-2 text-ink-2">
        Each kind of fact is a CSV. An export of your CRM need not look like these: the import matches its
        columns.
      </p>
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {FILES.map(([name, holds]) => (
          <li key={name} className="flex items-baseline gap-2.5 border-line border-t py-2">
            <Icon name="export" className="size-3.5 translate-y-0.5 rotate-180 text-ink-3" />
            <a
              href={`/samples/${name}.csv`}
              download
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {name}.csv
            </a>
            <span className="min-w-0 text-ink-2">{holds}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
