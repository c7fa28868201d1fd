"use client";

import type { ReactNode } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import type { Outputs } from "@/lib/api/client";
import type { ConnectionAsk } from "@/lib/interchange/connection";

export type ConnectionAnswer = Outputs["connection"];

export const UNDER_WAY: Readonly<Record<ConnectionAsk, string>> = {
  test: "It is being tested.",
  rehearse: "A dry run is under way.",
  sync: "It is being read.",
  replay: "It is being read from its beginning.",
};

/** Asks for something that the house does within seconds. */
export function AskButton({
  one,
  ask,
  because,
  children,
}: {
  one: ConnectionAnswer;
  ask: ConnectionAsk;
  because: true | string;
  children: ReactNode;
}) {
  const write = useWrite("askConnection", { said: () => UNDER_WAY[ask] });
  return (
    <GuardedButton
      size="small"
      because={because}
      isPending={write.isPending || one.asked === ask}
      onPress={() => write.mutate({ connectionId: one.id, ask })}
    >
      {children}
    </GuardedButton>
  );
}
