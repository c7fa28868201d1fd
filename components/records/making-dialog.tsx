"use client";

import type { Making } from "@/components/shared/shell-actions";
import { AccountDialog } from "./account-dialog";
import { DealDialog } from "./deal-dialog";
import { PartnerDialog } from "./partner-dialog";
import { RegistrationDialog } from "./registration-dialog";

/** What makes the one that is asked for, wherever one is; `done` is told when it was, or null. */
export function MakingDialog({ making, onClose }: { making: Making; onClose(): void }) {
  const told = {
    onMade: making.done,
    onClose: () => {
      // Whoever was told what was made hears this no more.
      making.done(null);
      onClose();
    },
  };
  if (making.kind === "partner") return <PartnerDialog name={making.start.name} {...told} />;
  if (making.kind === "account") return <AccountDialog name={making.start.name} {...told} />;
  if (making.kind === "deal") return <DealDialog start={making.start} {...told} />;
  return <RegistrationDialog start={making.start} {...told} />;
}
