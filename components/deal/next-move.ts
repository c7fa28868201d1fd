import type { Outputs } from "@/lib/api/client";
import { waitsWords } from "@/lib/attribution/verdict";

type Deal = Outputs["deal"];
type Happening = Deal["timeline"][number];

/** The one thing that moves a deal's attribution on, for whoever looks at it. */
export type Move =
  | { does: "confirm"; row: Deal["roles"][number] }
  | { does: "decide"; registration: Extract<Happening, { kind: "registration" }> }
  | { does: "prove" | "vouch"; activity: Extract<Happening, { kind: "activity" }> }
  | { does: "tag" }
  /** Somebody else's turn, in words. */
  | { does: "wait"; words: string }
  | null;

/** What comes first of what one may do (domain.md §8): confirm, decide, prove, vouch, name; else whose turn it is. */
export function moveOf({ deal, roles, timeline, may }: Deal): Move {
  const unconfirmed = roles.filter((row) => row.confirmedOn === null && row.refused === null);
  const mine = unconfirmed.find((row) => row.may.confirm === true);
  if (mine) return { does: "confirm", row: mine };
  for (const one of timeline)
    if (one.kind === "registration" && one.status === "pending" && one.may.decide === true)
      return { does: "decide", registration: one };
  const activities = timeline.flatMap((one) => (one.kind === "activity" ? [one] : []));
  const unproven = activities.find((one) => one.proof === null && one.may.edit === true);
  if (unproven) return { does: "prove", activity: unproven };
  const unwitnessed = activities.find((one) => one.evidence === "stated" && one.may.vouch === true);
  if (unwitnessed) return { does: "vouch", activity: unwitnessed };
  if (deal.state !== "open") return null;
  const isUndecided = roles.length === 0 && deal.noPartner === null;
  if (isUndecided && may.tag === true) return { does: "tag" };
  const words = waitsWords(deal, roles);
  return words === null ? null : { does: "wait", words };
}
