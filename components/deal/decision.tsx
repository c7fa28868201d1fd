"use client";

import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";

/** Whether the deal's attribution is decided, and the two ways to decide it while it is open. */
export function Decision({ answer, onTag }: { answer: Outputs["deal"]; onTag(): void }) {
  const { deal, may } = answer;
  const noPartner = useWrite("confirmNoPartner", {
    undo: true,
    tried: () => "no partner involved",
    said: () => `No partner involved on ${deal.account ?? deal.id}`,
  });
  return (
    <>
      <span
        className={classNames(
          "inline-flex items-center gap-1 text-xs",
          deal.attributionConfirmed ? "text-ink-2" : "text-warn",
        )}
      >
        <Icon name={deal.attributionConfirmed ? "check" : "alert"} className="size-3.5" />
        {deal.attributionConfirmed ? "Attribution confirmed" : "Attribution not confirmed"}
      </span>
      {answer.roles.length === 0 && !deal.noPartner && may.confirmNoPartner === true && (
        <Button
          size="small"
          isPending={noPartner.isPending}
          onPress={() => noPartner.mutate({ dealId: deal.id, version: deal.version })}
        >
          No partner involved
        </Button>
      )}
      {deal.state === "open" && may.tag === true && (
        <Button size="small" icon="plus" onPress={onTag}>
          Tag partner
        </Button>
      )}
    </>
  );
}
