"use client";

import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Icon } from "@/components/ui/icon";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Strip } from "@/components/ui/strip";
import { thousands } from "@/lib/text/numbers";
import type { ExceptionLine, Side } from "./answers";
import { KIND_WORDS, KINDS, STATE_WORDS, STATES } from "./exception-words";
import { LOG_PARAMS, NO_FILTERS } from "./exceptions-params";
import type { Person } from "./use-people";

/** The bounds of the amount bands (domain.md §7). */
const AMOUNTS = [10_000, 50_000, 250_000] as const;

const WAITS = "waits";

/** Narrows the log by state, kind, owner, partner and amount; the address keeps it. */
export function LogFilters({
  people,
  rows,
  side,
}: {
  people: readonly Person[];
  /** What is shown, whose partners can be chosen. */
  rows: readonly ExceptionLine[];
  /** The side that one decides for. */
  side: Side | null;
}) {
  const [params, setParams] = useQueryStates(LOG_PARAMS, { history: "push" });
  const owner = people.find(({ id }) => id === params.owner);
  const partners = partnersIn(rows);
  const isAny = Object.values(params).some((value) => value !== null);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-2.5 sm:px-6">
      <StateFilter side={side} />
      <Strip label="Filters" className="flex flex-wrap gap-2">
        <FilterMenu label="Kind" value={params.kind && KIND_WORDS[params.kind].label}>
          <Options
            options={KINDS.map((kind) => ({ id: kind as string, name: KIND_WORDS[kind].label }))}
            value={params.kind}
            onChange={(kind) => setParams({ kind: KINDS.find((one) => one === kind) ?? null })}
          />
        </FilterMenu>
        <FilterMenu label="Owner" value={params.owner && (owner?.name ?? params.owner)}>
          <Options options={people} value={params.owner} onChange={(id) => setParams({ owner: id })} />
        </FilterMenu>
        <FilterMenu
          label="Partner"
          value={params.partner && (partners.find(({ id }) => id === params.partner)?.name ?? "Chosen")}
        >
          <Options options={partners} value={params.partner} onChange={(id) => setParams({ partner: id })} />
        </FilterMenu>
        <FilterMenu label="At least" value={params.least ? thousands(params.least) : null}>
          <Options
            options={AMOUNTS.map((amount) => ({ id: String(amount), name: thousands(amount) }))}
            value={params.least === null ? null : String(params.least)}
            onChange={(amount) => setParams({ least: amount === null ? null : Number(amount) })}
          />
        </FilterMenu>
      </Strip>
      {isAny && (
        <Button size="small" look="quiet" className="print:hidden" onPress={() => setParams(NO_FILTERS)}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** All, what waits for one's side, or one state; the rare ones stand apart. */
function StateFilter({ side }: { side: Side | null }) {
  const [params, setParams] = useQueryStates(LOG_PARAMS, { history: "push" });
  const choices = [
    { value: "all", label: "All" },
    ...(side ? [{ value: WAITS, label: "Waits for you" }] : []),
    ...(["open", "deferred", "decided"] as const).map((state) => ({
      value: state as string,
      label: STATE_WORDS[state],
    })),
  ];
  const rare = STATES.filter((state) => !choices.some(({ value }) => value === state));
  const choose = (chosen: string | null) =>
    setParams({
      awaits: chosen === WAITS ? side : null,
      state: STATES.find((one) => one === chosen) ?? null,
    });
  return (
    <>
      <SegmentedControl
        label="State"
        choices={choices}
        value={params.awaits ? WAITS : (params.state ?? "all")}
        onChange={choose}
      />
      <FilterMenu
        label="Without a decision"
        value={params.state && rare.includes(params.state) ? STATE_WORDS[params.state] : null}
      >
        <Options
          options={rare.map((state) => ({ id: state as string, name: STATE_WORDS[state] }))}
          value={params.state}
          onChange={choose}
        />
      </FilterMenu>
    </>
  );
}

function partnersIn(rows: readonly ExceptionLine[]): Person[] {
  const named = new Map(rows.flatMap(({ partner }) => (partner ? [[partner.id, partner] as const] : [])));
  return [...named.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function Options({
  options,
  value,
  onChange,
}: {
  options: readonly Person[];
  value: string | null;
  onChange(id: string | null): void;
}) {
  if (options.length === 0) return <p className="px-2 py-1 text-ink-2">None in this list</p>;
  return (
    <ul className="flex min-w-40 flex-col">
      {options.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={id === value}
            onClick={() => onChange(id === value ? null : id)}
            className="flex min-h-7 w-full items-center justify-between gap-3 rounded-md px-2 text-left hover:bg-hover"
          >
            {name}
            {id === value && <Icon name="check" className="size-3.5 text-accent" />}
          </button>
        </li>
      ))}
    </ul>
  );
}
