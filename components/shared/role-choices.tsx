import type { KeyboardEvent } from "react";
import { type Found, matching, saidBy } from "@/components/ui/combo-match";
import { Kbd } from "@/components/ui/kbd";
import { ROLES, type Role, STAGES } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";

/** What a form that names a role offers: roles by `1`-`4`, stages by number. */
export const ROLE_CHOICES = ROLES.map((role, at) => ({
  value: role,
  label: (
    <>
      <Kbd keys={String(at + 1)} />
      {ROLE_WORDS[role].label}
    </>
  ),
}));

export const STAGE_CHOICES = STAGES.map((stage) => ({
  value: String(stage),
  label: `${stage} · ${STAGE_WORDS[stage].label}`,
}));

interface Naming {
  choices: readonly Found[] | undefined;
  chosenId: string | null;
}

/**
 * Whose role a digit names: the chosen partner's, or, typed after a text, the only one's that the text says.
 * Undefined while the digit is itself a text, or may belong to a name.
 */
function partnerOf({ key, target }: KeyboardEvent, { choices = [], chosenId }: Naming) {
  if (!(target instanceof HTMLInputElement) || target.type === "radio") return chosenId;
  const { noun } = target.dataset;
  if (noun === undefined) return undefined;
  const text = target.value;
  if (noun !== "partner") return text === "" ? chosenId : undefined;
  if (text === choices.find(({ id }) => id === chosenId)?.name) return chosenId;
  if (text === "") return choices.some(({ name }) => name.startsWith(key)) ? undefined : chosenId;
  return matching(choices, text + key).length > 0 ? undefined : saidBy(choices, text)?.id;
}

/** Hears `1`-`4` in a whole form, before its fields do; whether it was one, and of which partner. */
export function hearRole(
  event: KeyboardEvent,
  naming: Naming,
  onRole: (claim: { role: Role } | { role: Role; partnerId: string }) => void,
): void {
  if (!/^[1-4]$/.test(event.key) || event.metaKey || event.ctrlKey || event.altKey) return;
  const role = ROLES[Number(event.key) - 1]!;
  const partnerId = partnerOf(event, naming);
  if (partnerId === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  onRole(partnerId === null ? { role } : { role, partnerId });
}
