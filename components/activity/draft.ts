"use client";

/** What somebody began to log, kept in this browser until it is saved or thrown away. */
export interface ActivityDraft {
  dealId: string | null;
  dealName: string | null;
  partnerId: string | null;
  type: string | null;
  occurredOn: string;
  proof: string;
  nextStep: string;
  nextStepDueOn: string;
}

const STORE = "countersign.activity-draft";

export function emptyDraft(today: string): ActivityDraft {
  return {
    dealId: null,
    dealName: null,
    partnerId: null,
    type: null,
    occurredOn: today,
    proof: "",
    nextStep: "",
    nextStepDueOn: "",
  };
}

/** Whether there is anything in it worth keeping: where one stood when it opened is not. */
const isBegun = (draft: ActivityDraft) => Boolean(draft.type || draft.proof.trim() || draft.nextStep.trim());

export function keepDraft(draft: ActivityDraft): void {
  if (isBegun(draft)) localStorage.setItem(STORE, JSON.stringify(draft));
  else localStorage.removeItem(STORE);
}

export function dropDraft(): void {
  localStorage.removeItem(STORE);
}

/** The draft left behind, if it is of this deal or of any when none is asked for. */
export function keptDraft(dealId: string | undefined, today: string): ActivityDraft | null {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE) ?? "null") as Partial<ActivityDraft> | null;
    if (!stored || typeof stored !== "object") return null;
    if (dealId && stored.dealId !== dealId) return null;
    return { ...emptyDraft(today), ...stored };
  } catch {
    return null;
  }
}
