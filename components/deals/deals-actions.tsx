"use client";

import { useState } from "react";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { say, sayProblem } from "@/components/ui/toasts";
import { count } from "@/lib/text/words";
import { HIDEABLE, hiddenColumns } from "./deals-columns";
import { downloadCsv } from "./deals-csv";
import { type DealsParams, listInput } from "./deals-filters";
import { useDensity } from "./density";

/** Log, choose columns, take the view away. */
export function DealsActions({ params, onHide }: { params: DealsParams; onHide(columns: string[]): void }) {
  const me = useMe();
  const { logActivity } = useShell();
  return (
    <>
      {mayEver(me, "activity.log") && (
        <Button icon="activity" onPress={() => logActivity()}>
          Log activity
        </Button>
      )}
      <FilterMenu label="Columns" icon="columns" wideOnly>
        <div className="flex flex-col gap-2 p-1">
          <DensityChoice />
          {HIDEABLE.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={!params.hide.includes(id)}
              onChange={(shown) =>
                onHide(shown ? params.hide.filter((one) => one !== id) : [...params.hide, id])
              }
            >
              {name}
            </Checkbox>
          ))}
        </div>
      </FilterMenu>
      <ExportCsv params={params} />
    </>
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

function ExportCsv({ params }: { params: DealsParams }) {
  const me = useMe();
  const [isExporting, setExporting] = useState(false);
  const hidden = hiddenColumns(params);
  const shown = [
    "account",
    ...HIDEABLE.map(({ id }) => id).filter((id) => !hidden.includes(id)),
    ...(params.number ? ["set", "cycleDays"] : []),
  ];
  const exportCsv = async () => {
    setExporting(true);
    try {
      const exported = await downloadCsv(listInput(params), shown, `deals-${me?.today ?? ""}.csv`);
      say(`${count(exported, "deal")} exported`);
    } catch (error) {
      sayProblem(error);
    }
    setExporting(false);
  };
  return (
    <IconButton label="Export this view as CSV" icon="export" onPress={exportCsv} isPending={isExporting} />
  );
}
