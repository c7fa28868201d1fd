import { DEAL_OUTCOMES, STAGES } from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, STAGE_WORDS } from "@/lib/attribution/words";
import type { Kind } from "@/lib/interchange/kinds";
import type { ColumnSource, Mapping } from "@/lib/interchange/mapping";

/** The field that names a stage, of the kinds of file that have one. */
const STAGE_FIELDS: Partial<Record<Kind, string>> = {
  deals: "stage",
  stage_history: "stage",
  roles: "touch_stage",
  activities: "stage",
};

/** A stage's meaning that refuses its rows: nobody has said what it is. */
export const UNTOLD = "\u0000untold";
/** It is known, and no stage of ours. */
const NO_STAGE = "";

const CLOSES = DEAL_OUTCOMES.filter((outcome) => outcome !== "open");

/** The column of a mapping that names stages in the CRM's own words; null where none does. */
function stageSource({ kind, fields }: Mapping): { field: string; source: ColumnSource } | null {
  const field = STAGE_FIELDS[kind];
  const source = field ? fields[field] : undefined;
  return field && source && "column" in source && source.values ? { field, source } : null;
}

/** A deal's outcome, where the same column says that, too. */
function outcomeSource(mapping: Mapping): ColumnSource | null {
  const stage = stageSource(mapping)?.source;
  const outcome = mapping.fields.outcome;
  const isSame = outcome && "column" in outcome && outcome.column === stage?.column;
  return isSame && outcome.values ? outcome : null;
}

/** The fields by which a stage that the mapping does not know refuses its rows; none where it maps no stages. */
export function stageFields(mapping: Mapping): string[] {
  const stage = stageSource(mapping);
  return stage ? [stage.field, ...(outcomeSource(mapping) ? ["outcome"] : [])] : [];
}

/** The CRM's stages that the mapping knows, in the order of ours. */
export function knownStages(mapping: Mapping): string[] {
  const place = (name: string) => {
    const meaning = meaningOf(mapping, name);
    return meaning === NO_STAGE ? STAGES.length : STAGES.findIndex((stage) => String(stage) === meaning);
  };
  const names = Object.keys(stageSource(mapping)?.source.values ?? {}).filter((name) => name !== "");
  const rank = (name: string) => (place(name) < 0 ? STAGES.length + 1 : place(name));
  return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en"));
}

/** What the CRM's stage means here: one of ours, how it closes a deal, nothing, or not told. */
export function meaningOf(mapping: Mapping, name: string): string {
  const stage = stageSource(mapping)?.source.values?.[name];
  const outcomes = outcomeSource(mapping)?.values;
  const outcome = outcomes?.[name];
  if (stage === undefined || (outcomes && outcome === undefined)) return UNTOLD;
  return CLOSES.some((close) => close === outcome) ? outcome! : stage;
}

/** The mapping once the CRM's stage means that. */
export function told(mapping: Mapping, name: string, meaning: string): Mapping {
  const stage = stageSource(mapping);
  if (!stage) return mapping;
  const outcome = outcomeSource(mapping);
  const closes = CLOSES.some((close) => close === meaning);
  const said = (source: ColumnSource, value: string): ColumnSource => {
    const { [name]: _, ...others } = source.values ?? {};
    return { ...source, values: meaning === UNTOLD ? others : { ...others, [name]: value } };
  };
  return {
    ...mapping,
    fields: {
      ...mapping.fields,
      [stage.field]: said(stage.source, closes ? NO_STAGE : meaning),
      ...(outcome && { outcome: said(outcome, closes ? meaning : "open") }),
    },
  };
}

/** What a stage of the CRM may mean under a mapping. */
export function meaningsOf(mapping: Mapping): { value: string; label: string }[] {
  return [
    ...STAGES.map((stage) => ({ value: String(stage), label: `${stage} ${STAGE_WORDS[stage].label}` })),
    ...(outcomeSource(mapping)
      ? CLOSES.map((close) => ({
          value: close,
          label: `Closed: ${DEAL_OUTCOME_LABELS[close].toLowerCase()}`,
        }))
      : []),
    { value: NO_STAGE, label: "No stage" },
    { value: UNTOLD, label: "Refuse these rows" },
  ];
}
