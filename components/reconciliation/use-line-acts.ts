"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { say } from "@/components/ui/toasts";
import type { Line } from "./reconciliation-params";

type Drift = NonNullable<Line["found"][number]["drift"]>;

export const nameOf = ({ account, dealId }: Pick<Line, "account" | "dealId">) => account ?? dealId;

/** What may not be done is not begun; it is said why. */
function unless(may: true | string | undefined, act: () => void): void {
  if (may === true) act();
  else if (may !== undefined) say("Not here", { detail: `${may}.` });
}

const recordOf = ({ connectionId, of, key }: Drift) => ({ connectionId, kind: of, key });

/** What can be done about a closed deal, by key or by button; each asks whether it may, of the answer's own words. */
export function useLineActs() {
  const router = useRouter();
  const [raising, setRaising] = useState<Line | null>(null);
  const reconcile = useWrite("reconcileDeal", {
    said: (_, { stands }) => (stands === false ? "Undecided again" : "It stands as it is"),
    // Its version rose by the decision itself.
    undo: ({ dealId, version, stands }) => ({
      verb: "reconcileDeal",
      input: { dealId, version: version + 1, stands: stands === false },
    }),
  });
  const noPartner = useWrite("confirmNoPartner", { said: () => "No partner involved", undo: true });
  const confirm = useWrite("confirmRole", { said: () => "Confirmed", undo: true });
  const settle = useWrite("settleDifference", {
    said: (_, { take }) => (take === "there" ? "Taken as the CRM says it" : "Ours stands"),
  });

  const acts = {
    stands: ({ dealId, version, may }: Line) =>
      unless(may.stands, () => reconcile.mutate({ dealId, version, stands: true })),
    takeBack: ({ dealId, version, may }: Line) =>
      unless(may.takeBack, () => reconcile.mutate({ dealId, version, stands: false })),
    noPartner: ({ dealId, version, may }: Line) =>
      unless(may.noPartner, () => noPartner.mutate({ dealId, version })),
    confirm: ({ rowId, may }: Line["may"]["confirm"][number]) => unless(may, () => confirm.mutate({ rowId })),
    take: ({ version }: Line, drift: Drift) =>
      unless(drift.may.take, () => settle.mutate({ ...recordOf(drift), version, take: "there" })),
    keep: ({ version }: Line, drift: Drift) =>
      unless(drift.may.keep, () => settle.mutate({ ...recordOf(drift), version, take: "here" })),
    raise: (line: Line) => unless(line.may.raise, () => setRaising(line)),
    open: ({ dealId }: Line) => router.push(`/deals/${encodeURIComponent(dealId)}`),
  };
  /** What the first finding suggests. */
  const suggested = (line: Line) => {
    const [first] = line.found;
    const [waiting] = line.may.confirm.filter(({ partner }) => partner.id === first?.partner?.id);
    if (first?.suggestion === "confirm" && waiting) acts.confirm(waiting);
    else if (first?.suggestion === "no_partner") acts.noPartner(line);
    else if (first?.suggestion === "take" && first.drift) acts.take(line, first.drift);
    else if (first?.suggestion === "keep" && first.drift) acts.keep(line, first.drift);
    else if (first?.suggestion === "exception") acts.raise(line);
    else if (first?.suggestion === "tag") acts.open(line);
    else if (first) acts.stands(line);
  };
  return {
    ...acts,
    suggested,
    raising,
    closeRaising: () => setRaising(null),
    isPending: reconcile.isPending || noPartner.isPending || confirm.isPending || settle.isPending,
  };
}

export type LineActs = ReturnType<typeof useLineActs>;
