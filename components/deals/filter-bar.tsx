"use client";

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useUnserved } from "@/components/shared/use-unserved";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { CONTROL } from "@/components/ui/field";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { onDemand } from "@/components/ui/on-demand";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Strip } from "@/components/ui/strip";
import { api } from "@/lib/api/client";
import { outcomesOf } from "@/lib/attribution/models";
import { DEAL_OUTCOMES, GRADES, STAGES } from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, GRADE_WORDS, OUTCOME_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { lastQuarters, parseQuarter } from "@/lib/calendar";
import { DEAL_STATUSES } from "@/lib/metrics/deal-status";
import { DEAL_STATUS_WORDS } from "@/lib/metrics/deal-status-words";
import { type DealsFilters, type DealsParams, isFiltered, NO_FILTERS, NO_PARTNER } from "./deals-filters";
import { ofPartnerWords } from "./of-partner-words";

const Pick = onDemand(() => import("./pick").then((m) => m.Pick));

const SEARCH_MS = 180;
const QUARTERS = 8;

const toggled = <T,>(list: readonly T[] | null, one: T, on: boolean): T[] | null => {
  const next = on ? [...(list ?? []), one] : (list ?? []).filter((other) => other !== one);
  return next.length > 0 ? next : null;
};

interface FilterProps {
  params: DealsParams;
  setFilters(filters: DealsFilters): void;
}

/** What narrows the list; everything it says is in the address. */
export function FilterBar({
  params,
  setFilters,
  search,
}: FilterProps & {
  /** The search input, which `/` focuses. */
  search: RefObject<HTMLInputElement | null>;
}) {
  const filter = { params, setFilters };
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-4 pb-2.5 sm:px-6">
      <SearchBox value={params.q ?? ""} onChange={(q) => setFilters({ q: q || null })} input={search} />
      <Strip label="Filters" className="flex gap-1.5 max-sm:w-full max-sm:overflow-x-auto sm:flex-wrap">
        <WhoseFilter {...filter} />
        <StatusFilter {...filter} />
        <StateFilter {...filter} />
        <OutcomeFilter {...filter} />
        <EvidenceFilter {...filter} />
        <StageFilter {...filter} />
        <PartnerFilter {...filter} />
        <OwnerFilter {...filter} />
        {!params.number && <QuarterFilter {...filter} />}
      </Strip>
      {isFiltered(params) && (
        <Button
          size="small"
          look="quiet"
          icon="close"
          className="print:hidden"
          onPress={() => setFilters(NO_FILTERS)}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

function WhoseFilter({ params, setFilters }: FilterProps) {
  if (!useMe()?.user.ownerName) return null;
  return (
    <FilterMenu label="Whose" value={params.scope === "mine" ? "mine" : null}>
      <SegmentedControl
        label="Whose deals"
        value={params.scope ?? "all"}
        onChange={(scope) => setFilters({ scope: scope === "all" ? null : scope })}
        choices={[
          { value: "mine", label: "Mine" },
          { value: "all", label: "Everybody's" },
        ]}
      />
    </FilterMenu>
  );
}

function StateFilter({ params, setFilters }: FilterProps) {
  return (
    <FilterMenu label="State" value={params.state && DEAL_OUTCOME_LABELS[params.state].toLowerCase()}>
      <SegmentedControl
        label="State"
        value={params.state ?? "any"}
        onChange={(state) => setFilters({ state: state === "any" ? null : state })}
        choices={[
          { value: "any", label: "Any" },
          ...DEAL_OUTCOMES.map((state) => ({ value: state, label: DEAL_OUTCOME_LABELS[state] })),
        ]}
      />
    </FilterMenu>
  );
}

/** How it stands with its partner decision. */
function StatusFilter({ params, setFilters }: FilterProps) {
  return (
    <FilterMenu
      label="Status"
      value={params.status?.map((one) => DEAL_STATUS_WORDS[one].label.toLowerCase()).join(", ")}
    >
      <Several
        all={DEAL_STATUSES}
        chosen={params.status}
        label={(status) => DEAL_STATUS_WORDS[status].label}
        onChange={(status) => setFilters({ status })}
      />
    </FilterMenu>
  );
}

function OutcomeFilter({ params, setFilters }: FilterProps) {
  const me = useMe();
  return (
    <FilterMenu
      label="Outcome"
      value={params.outcome?.map((one) => OUTCOME_WORDS[one].label.toLowerCase()).join(", ")}
    >
      <Several
        all={me ? outcomesOf(me.policy.model) : []}
        chosen={params.outcome}
        label={(outcome) => OUTCOME_WORDS[outcome].label}
        onChange={(outcome) => setFilters({ outcome })}
      />
    </FilterMenu>
  );
}

/** Who stands behind the outcome. */
function EvidenceFilter({ params, setFilters }: FilterProps) {
  return (
    <FilterMenu label="Evidence" value={params.evidence && GRADE_WORDS[params.evidence].label.toLowerCase()}>
      <SegmentedControl
        label="Evidence"
        value={params.evidence ?? "any"}
        onChange={(evidence) => setFilters({ evidence: evidence === "any" ? null : evidence })}
        choices={[
          { value: "any", label: "Any" },
          ...GRADES.toReversed().map((grade) => ({ value: grade, label: GRADE_WORDS[grade].label })),
        ]}
      />
    </FilterMenu>
  );
}

function StageFilter({ params, setFilters }: FilterProps) {
  return (
    <FilterMenu label="Stage" value={params.stage?.join(", ")}>
      <Several
        all={STAGES}
        chosen={params.stage}
        label={(stage) => `${stage} · ${STAGE_WORDS[stage].label}`}
        onChange={(stage) => setFilters({ stage })}
      />
    </FilterMenu>
  );
}

/** Any of a few; none of them is no filter. */
function Several<T extends string | number>({
  all,
  chosen,
  label,
  onChange,
}: {
  all: readonly T[];
  chosen: readonly T[] | null;
  label(one: T): string;
  onChange(chosen: T[] | null): void;
}) {
  return (
    <div className="flex flex-col gap-2 p-1">
      {all.map((one) => (
        <Checkbox
          key={one}
          isSelected={chosen?.includes(one) ?? false}
          onChange={(on) => onChange(toggled(chosen, one, on))}
        >
          {label(one)}
        </Checkbox>
      ))}
    </div>
  );
}

function PartnerFilter({ params, setFilters }: FilterProps) {
  const asked = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const partners = useUnserved(asked.data)?.partners ?? [];
  const name = partners.find((partner) => partner.id === params.partner)?.name;
  return (
    <FilterMenu
      label="Partner"
      value={params.partner && [name ?? params.partner, ...ofPartnerWords(params)].join(" · ")}
    >
      <Pick
        label="Partner"
        noun="partner"
        items={partners.map((partner) => ({ id: partner.id, name: partner.name }))}
        value={params.partner}
        onChange={(partner) => setFilters({ ...NO_PARTNER, partner })}
      />
    </FilterMenu>
  );
}

function OwnerFilter({ params, setFilters }: FilterProps) {
  const asked = useQuery({ ...api.ownersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const owners = useUnserved(asked.data)?.owners ?? [];
  return (
    <FilterMenu label="Owner" value={params.owner}>
      <Pick
        label="Owner"
        noun="owner"
        items={owners.map(({ owner, deals }) => ({ id: owner, name: owner, detail: `${deals}` }))}
        value={params.owner}
        onChange={(owner) => setFilters({ owner })}
      />
    </FilterMenu>
  );
}

function QuarterFilter({ params, setFilters }: FilterProps) {
  const me = useMe();
  const quarters = me ? lastQuarters(QUARTERS, parseQuarter(me.quarter, me.fiscalYear), me.fiscalYear) : [];
  return (
    <FilterMenu label="Quarter" value={params.quarter}>
      <Pick
        label="Created or closed in"
        noun="quarter"
        items={quarters.toReversed().map(({ label }) => ({ id: label, name: label }))}
        value={params.quarter}
        onChange={(quarter) => setFilters({ quarter })}
      />
    </FilterMenu>
  );
}

/** Types into the address only when typing pauses: an address a keystroke would be no history. */
function SearchBox({
  value,
  onChange,
  input,
}: {
  value: string;
  onChange(value: string): void;
  input: RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={classNames("relative w-full sm:w-60", text === "" && "print:hidden")}>
      <Icon name="search" className="absolute top-2 left-2 size-3.5 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label="Filter deals"
        placeholder="Account, deal, owner, partner"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className={`${CONTROL} h-7.5 pr-7 pl-7 text-xs [&::-webkit-search-cancel-button]:hidden`}
      />
      {text === "" && <Kbd keys="/" className="absolute top-1.5 right-1.5 [@media(hover:none)]:hidden" />}
    </div>
  );
}
