"use client";

import { useMe } from "@/components/shared/use-me";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { type FiscalYear, parseQuarter } from "@/lib/calendar";
import { dayInWords, spanInWords } from "@/lib/text/days";
import { LANDMARKS } from "./lift-params";

type Landmark = (typeof LANDMARKS)[number];

/** Which deals are compared and how; all of it is in the address. */
export interface Compare {
  from: string | null;
  to: string | null;
  stage: Landmark;
  matched: boolean;
  model: Model | null;
}

const ALL = "all";
const JUDGED = "judged";
const SINGLE_QUARTERS = 8;

export function LiftControls({
  value,
  quarters,
  asOf,
  onChange,
}: {
  value: Compare;
  /** Newest first. */
  quarters: readonly string[];
  asOf: string;
  onChange(next: Partial<Compare>): void;
}) {
  const me = useMe();
  const spans = me ? spansOf(quarters, me.fiscalYear) : [];
  const { from, to } = value;
  const chosen = from || to ? `${from ?? ""}_${to ?? ""}` : ALL;
  if (chosen !== ALL && !spans.some((span) => span.value === chosen))
    spans.unshift({ value: chosen, label: spanInWords({ from: from ?? asOf, to: to ?? asOf }) });
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3 px-4 pb-4 sm:px-6 print:hidden">
      <Select
        label="Closed in"
        className="w-48"
        value={chosen}
        choices={[{ value: ALL, label: "All time" }, ...spans]}
        onChange={(next) => {
          const [first, last] = next === ALL ? [] : next.split("_");
          onChange({ from: first || null, to: last || null });
        }}
      />
      <Select
        label="Landmark"
        className="w-60"
        value={String(value.stage)}
        choices={LANDMARKS.map((stage) => ({
          value: String(stage),
          label: `${stage}  ${STAGE_WORDS[stage].label}`,
        }))}
        onChange={(next) => onChange({ stage: LANDMARKS.find((stage) => String(stage) === next) ?? 2 })}
      />
      <Select
        label="Credited by"
        className="w-48"
        value={value.model ?? JUDGED}
        choices={[
          { value: JUDGED, label: "Each deal’s own policy" },
          ...MODELS.map((model) => ({ value: model, label: MODEL_WORDS[model].label })),
        ]}
        onChange={(next) => onChange({ model: MODELS.find((model) => model === next) ?? null })}
      />
      <Checkbox className="h-8" isSelected={value.matched} onChange={(matched) => onChange({ matched })}>
        Match by type, currency and size
      </Checkbox>
    </div>
  );
}

/** On paper, where nothing is chosen any more: of whom, of when, and of which deals it is. */
export function PrintedCohort({ value: { from, to, model }, asOf }: { value: Compare; asOf: string }) {
  const me = useMe();
  const span = from ? spanInWords({ from, to: to ?? asOf }) : to ? `until ${dayInWords(to)}` : "at any time";
  return (
    <p className="hidden px-6 pb-3 text-ink-2 print:block">
      {me?.company} · facts as of {dayInWords(asOf)} · deals closed {span} · credited by{" "}
      {model ? MODEL_WORDS[model].label : "each deal’s own policy"}
    </p>
  );
}

/** The last year and two, and single quarters, each by the days it begins and ends. */
function spansOf(quarters: readonly string[], year: FiscalYear): { value: string; label: string }[] {
  const known = quarters.map((label) => parseQuarter(label, year));
  const [newest] = known;
  if (!newest) return [];
  const lasting = [4, 8].flatMap((length) => {
    const oldest = known[length - 1];
    return oldest ? [{ value: `${oldest.from}_${newest.to}`, label: `The last ${length} quarters` }] : [];
  });
  const single = known
    .slice(0, SINGLE_QUARTERS)
    .map(({ from, to, label }) => ({ value: `${from}_${to}`, label }));
  return [...lasting, ...single];
}
