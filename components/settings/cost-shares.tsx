"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Money } from "@/components/shared/money";
import { PartnerField } from "@/components/shared/partner-field";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import type { Finance } from "./finance-rows";
import { readAmount } from "./read-amount";

type Share = Finance["costs"][number]["shares"][number];

/** What of a cost went to which partner, as far as it is known; each is kept as it is added. */
export function CostShares({ cost }: { cost: Finance["costs"][number] }) {
  const { quarter, side, category, currency } = cost;
  const [shares, setShares] = useState<readonly Share[]>(cost.shares);
  const [partnerId, setPartner] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const partners = useQuery(api.partnersList.queryOptions({ input: {} })).data?.partners;
  const share = useWrite("shareCost", { quiet: true, said: () => null });
  const amount = readAmount(typed, currency);
  const keep = (next: readonly Share[]) =>
    share.mutate(
      {
        ...{ quarter, side, category, currency },
        shares: next.map((one) => ({ partnerId: one.id, amount: one.amount })),
      },
      {
        onSuccess: () => {
          setShares(next);
          setPartner(null);
          setTyped("");
        },
      },
    );
  const named = partners?.find(({ id }) => id === partnerId);
  return (
    <section aria-label="Partners" className="flex flex-col gap-2 border-line border-t pt-3">
      <h3 className="font-medium">Of it, to partners</h3>
      <ul>
        {shares.map((one) => (
          <li key={one.id} className="flex items-center justify-between gap-3">
            <span className="min-w-0 truncate">{one.name}</span>
            <span className="flex items-center gap-1">
              <Money amount={one.amount} currency={currency} />
              <IconButton
                label={`Take ${one.name} away`}
                icon="close"
                onPress={() => keep(shares.filter(({ id }) => id !== one.id))}
              />
            </span>
          </li>
        ))}
        {shares.length === 0 && <li className="text-ink-3">Not told: MDF and incentives may be by name.</li>}
      </ul>
      <div className="grid items-end gap-2 sm:grid-cols-[1fr_9rem_auto]">
        <PartnerField choices={partners} value={partnerId} onChange={setPartner} problem={null} />
        <TextField
          label={`Amount, ${currency}`}
          inputClassName="tabular text-right"
          value={typed}
          onChange={setTyped}
          problem={typed !== "" && typeof amount === "string" ? amount : null}
        />
        <Button
          isDisabled={!named || typeof amount === "string"}
          isPending={share.isPending}
          onPress={() => {
            if (!named || typeof amount === "string") return;
            const others = shares.filter(({ id }) => id !== named.id);
            keep([...others, { id: named.id, name: named.name, amount }]);
          }}
        >
          Add
        </Button>
      </div>
      {share.error !== null && <ProblemLine error={share.error} />}
    </section>
  );
}
