"use client";

import { useState } from "react";
import { GuardedButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import type { Outputs } from "@/lib/api/client";

type Person = Outputs["peopleList"]["people"][number];

const EraseDialog = onDemand(() => import("@/components/shared/erase-dialog").then((m) => m.EraseDialog));
const HoldDialog = onDemand(() => import("./hold-dialog").then((m) => m.HoldDialog));

/** What becomes of what is kept of somebody who is switched off: it is held, or erased. */
export function PersonLeaving({ person }: { person: Person }) {
  const [asked, setAsked] = useState<"hold" | "erase" | null>(null);
  const { id, name, hold, may } = person;
  return (
    <>
      <GuardedButton
        size="small"
        look="quiet"
        aria-label={`${hold === null ? "Hold" : "Lift the hold of"} ${name}`}
        because={may.hold}
        onPress={() => setAsked("hold")}
      >
        {hold === null ? "Hold" : "Lift hold"}
      </GuardedButton>
      <GuardedButton
        size="small"
        look="quiet"
        aria-label={`Erase ${name}`}
        because={may.erase}
        onPress={() => setAsked("erase")}
      >
        Erase
      </GuardedButton>
      {asked === "hold" && <HoldDialog person={person} onClose={() => setAsked(null)} />}
      {asked === "erase" && (
        <EraseDialog person={{ kind: "user", id, name }} onClose={() => setAsked(null)} />
      )}
    </>
  );
}
