"use client";

import { browserStore } from "@/components/ui/browser-store";
import type { Involvement } from "@/lib/attribution/vocabulary";

/** What somebody began to log, kept in this browser until it is saved or thrown away. */
export interface ActivityDraft {
  dealId: string | null;
  dealName: string | null;
  partnerId: string | null;
  type: string | null;
  occurredOn: string;
  /** Null while it is the one that the type usually has. */
  involvement: Involvement | null;
  proof: string;
  nextStep: string;
  nextStepDueOn: string;
}

export function emptyDraft(today: string): ActivityDraft {
  return {
    dealId: null,
    dealName: null,
    partnerId: null,
    type: null,
    occurredOn: today,
    involvement: null,
    proof: "",
    nextStep: "",
    nextStepDueOn: "",
  };
}

/** Whether there is anything in it worth keeping: where one stood when it opened is not. */
const isBegun = (draft: ActivityDraft) => Boolean(draft.type || draft.proof.trim() || draft.nextStep.trim());

const DRAFT = browserStore<Partial<ActivityDraft> | null>("activity-draft", null, (stored) =>
  typeof stored === "object" ? stored : undefined,
);

export function keepDraft(draft: ActivityDraft): void {
  DRAFT.set(isBegun(draft) ? draft : null);
}

export function dropDraft(): void {
  DRAFT.set(null);
}

/** The draft left behind, if it is of this deal or of any when none is asked for. */
export function keptDraft(dealId: string | undefined, today: string): ActivityDraft | null {
  const kept = DRAFT.get();
  return kept && (!dealId || kept.dealId === dealId) ? { ...emptyDraft(today), ...kept } : null;
}
