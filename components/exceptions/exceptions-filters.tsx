"use client";

import { useQueryStates } from "nuqs";
import { KIND_WORDS, KINDS, STATE_WORDS, STATES } from "@/components/shared/case/exception-words";
import { EXCEPTIONS_PARAMS } from "@/components/shared/case/exceptions-params";
import type { Person } from "@/components/shared/case/use-people";
import { Button } from "@/components/ui/button";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Icon } from "@/components/ui/icon";
import { SegmentedControl } from "@/components/ui/segmented-control";

/** Narrows the log by state, kind and owner; the address keeps it. */
export function Filters({ people }: { people: readonly Person[] }) {
  const [params, setParams] = useQueryStates(EXCEPTIONS_PARAMS, { history: "push" });
  const owner = people.find(({ id }) => id === params.owner);
  const choices = STATES.map((state) => ({ value: state as string, label: STATE_WORDS[state] }));
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-2.5 sm:px-6">
      <SegmentedControl
        label="State"
        choices={[{ value: "all", label: "All" }, ...choices]}
        value={params.state ?? "all"}
        onChange={(state) => setParams({ state: STATES.find((one) => one === state) ?? null })}
      />
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
      {(params.state || params.kind || params.owner) && (
        <Button size="small" look="quiet" onPress={() => setParams({ state: null, kind: null, owner: null })}>
          Clear
        </Button>
      )}
    </div>
  );
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
