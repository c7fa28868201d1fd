/** What an app process says of a request that it answered (worker.ts). */
export interface Answered {
  id: string;
  kind: "deal" | "tag" | "activity" | "import" | "read" | "other";
  /** What a fact of it is known by. */
  dealId?: string;
  /** Nobody can tell: the refusal says to look. Strange: no refusal at all. */
  as: "acknowledged" | "refused" | "unclear" | "strange";
  ms: number;
  said?: string;
}

/** What a request may take; a commit whose answer was lost is asked after for ten seconds more. */
export const TIMEOUT_MS = 5_000;
export const DEADLINE_MS = TIMEOUT_MS + 12_000;
export const IMPORTED = 5;
