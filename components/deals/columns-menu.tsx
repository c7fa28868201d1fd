"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Kbd } from "@/components/ui/kbd";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { inOrder, moved } from "./column-order";
import { HIDEABLE } from "./deals-columns";
import { type DealsParams, USUAL_HIDE } from "./deals-filters";
import { useDensity } from "./density";

export type Columns = Pick<DealsParams, "hide" | "columns">;

const IDS = HIDEABLE.map(({ id }) => id);
const NAMES = new Map(HIDEABLE.map(({ id, name }) => [id, name]));

/** Which columns the list shows, and in which order; how low its rows are. */
export function ColumnsMenu({
  hide,
  columns,
  leftOut,
  onChange,
}: Columns & {
  /** Those that this list does without although they are ticked, and why in a word. */
  leftOut: Readonly<Record<string, string>>;
  /** Null is the usual one. */
  onChange(change: { [K in keyof Columns]?: Columns[K] | null }): void;
}) {
  const isUsual = columns.length === 0 && hide.join() === USUAL_HIDE.join();
  return (
    <FilterMenu label="Columns" icon="columns" wideOnly>
      <div className="flex flex-col gap-2 p-1">
        <DensityChoice />
        <Order hide={hide} columns={columns} leftOut={leftOut} onChange={onChange} />
        <p className="flex items-center justify-between gap-3 text-ink-3 text-xs">
          <span className="pointer-coarse:hidden">
            <Kbd keys="Alt ↑" /> <Kbd keys="Alt ↓" /> move one
          </span>
          {!isUsual && (
            <Button size="small" look="quiet" onPress={() => onChange({ hide: null, columns: null })}>
              As usual
            </Button>
          )}
        </p>
      </div>
    </FilterMenu>
  );
}

function Order({ hide, columns, leftOut, onChange }: Parameters<typeof ColumnsMenu>[0]) {
  const list = useRef<HTMLUListElement>(null);
  const hand = useRef<{ id: string; part: string } | null>(null);
  // A row that is put elsewhere loses the focus on its way: whatever was pressed has it again.
  useEffect(() => {
    const { id, part } = hand.current ?? {};
    hand.current = null;
    const row = columns && id && list.current?.querySelector(`[data-column="${id}"]`);
    if (!row) return;
    // At an end one of its buttons is dead: its tick is always there.
    const pressed = row.querySelector<HTMLElement>(`${part}:not([disabled])`) ?? row.querySelector("input");
    pressed?.focus();
  }, [columns]);
  const move = (id: string, by: -1 | 1, part: string) => {
    hand.current = { id, part };
    onChange({ columns: moved(IDS, columns, id, by) });
  };
  const heard = (event: KeyboardEvent, id: string) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (!event.altKey || !by) return;
    event.preventDefault();
    move(id, by, "input");
  };
  const ordered = inOrder(IDS, columns);
  return (
    <ul ref={list} aria-label="Columns, from the left">
      {ordered.map((id, at) => (
        <li
          key={id}
          data-column={id}
          className="group/column flex items-center justify-between gap-3"
          onKeyDown={(event) => heard(event, id)}
        >
          <Checkbox
            isSelected={!hide.includes(id)}
            onChange={(shown) => onChange({ hide: shown ? hide.filter((one) => one !== id) : [...hide, id] })}
          >
            {NAMES.get(id)}
            {leftOut[id] && !hide.includes(id) && <span className="text-ink-3 text-xs"> {leftOut[id]}</span>}
          </Checkbox>
          <span className="flex text-ink-3">
            {([-1, 1] as const).map((by) => (
              <IconButton
                key={by}
                label={`Move ${NAMES.get(id)} ${by === -1 ? "up" : "down"}`}
                icon={by === -1 ? "sortUp" : "sortDown"}
                size="small"
                isDisabled={at + by < 0 || at + by >= ordered.length}
                onPress={() =>
                  move(id, by, `[aria-label="Move ${NAMES.get(id)} ${by === -1 ? "up" : "down"}"]`)
                }
              />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function DensityChoice() {
  const [density, setDensity] = useDensity();
  return (
    <SegmentedControl
      label="Rows"
      labelHidden={false}
      value={density}
      onChange={setDensity}
      choices={[
        { value: "comfortable", label: "Comfortable" },
        { value: "compact", label: "Compact" },
      ]}
    />
  );
}
