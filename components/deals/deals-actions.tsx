"use client";

import { type ComponentProps, useState } from "react";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, IconButton } from "@/components/ui/button";
import { say, sayProblem } from "@/components/ui/toasts";
import { count } from "@/lib/text/words";
import { inOrder } from "./column-order";
import { ColumnsMenu } from "./columns-menu";
import { HIDEABLE, hiddenColumns, leftOutColumns } from "./deals-columns";
import { downloadCsv } from "./deals-csv";
import { type DealsParams, listInput } from "./deals-filters";

/** Log, choose columns, take the view away. */
export function DealsActions({
  params,
  onColumns,
}: {
  params: DealsParams;
  onColumns: ComponentProps<typeof ColumnsMenu>["onChange"];
}) {
  const me = useMe();
  const { logActivity } = useShell();
  return (
    <>
      {mayEver(me, "activity.log") && (
        <Button icon="activity" onPress={() => logActivity()}>
          Log activity
        </Button>
      )}
      <ColumnsMenu
        hide={params.hide}
        columns={params.columns}
        leftOut={leftOutColumns(params)}
        onChange={onColumns}
      />
      <ExportCsv params={params} />
    </>
  );
}

function ExportCsv({ params }: { params: DealsParams }) {
  const me = useMe();
  const [isExporting, setExporting] = useState(false);
  const hidden = hiddenColumns(params);
  const shown = [
    "account",
    ...inOrder(
      HIDEABLE.map(({ id }) => id),
      params.columns,
    ).filter((id) => !hidden.includes(id)),
    ...(params.number ? ["set", "cycleDays"] : []),
  ];
  const exportCsv = async () => {
    if (!me) return;
    setExporting(true);
    try {
      const exported = await downloadCsv(listInput(params), shown, me);
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
