"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { FIELD_LABEL } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS } from "@/lib/attribution/words";

const FOUND = 12;

/** The deal it is about: said when it is known, found by typing when not. */
export function DealField({
  dealId,
  name,
  onChange,
}: {
  dealId: string | null;
  name: string | null;
  onChange(dealId: string | null, name: string | null): void;
}) {
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const found = useQuery({
    ...api.dealsList.queryOptions({
      input: { limit: FOUND, ...(search ? { search } : { state: "open" as const, scope: "mine" as const }) },
    }),
    enabled: dealId === null,
    placeholderData: keepPreviousData,
  });
  if (dealId !== null)
    return (
      <div className="flex flex-col gap-1">
        <span className={FIELD_LABEL}>Deal</span>
        <p className="flex h-8 items-center justify-between gap-2 rounded-md bg-sunken pr-1 pl-2.5">
          <span className="min-w-0 truncate">
            {name ?? dealId}
            {name && name !== dealId && <span className="text-ink-3"> · {dealId}</span>}
          </span>
          <Button size="small" look="quiet" onPress={() => onChange(null, null)}>
            Change
          </Button>
        </p>
      </div>
    );
  const rows = found.data?.rows;
  return (
    <ComboBox
      label="Deal"
      noun="deal"
      items={rows?.map((row) => ({
        id: row.id,
        name: row.account ?? row.id,
        detail: `${row.id} · ${DEAL_OUTCOME_LABELS[row.state]}`,
        also: [row.id],
      }))}
      isLooking={search !== text.trim() || found.isPlaceholderData}
      value={null}
      onChange={(id) => {
        const row = rows?.find((one) => one.id === id);
        if (row) onChange(row.id, row.account);
      }}
      onSearch={setText}
      placeholder="Account or id"
    />
  );
}
