import type { KeyboardEvent } from "react";
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

/** Which of 1-4 was meant as a role: not when it is text being typed, and a chosen name is typed no further. */
function roleOfKey(event: KeyboardEvent, chosenName: string | undefined): Role | null {
  if (!/^[1-4]$/.test(event.key) || event.metaKey || event.ctrlKey || event.altKey) return null;
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type !== "radio") {
    const isDone = target.role === "combobox" && (target.value === "" || target.value === chosenName);
    if (!isDone) return null;
  }
  return ROLES[Number(event.key) - 1] ?? null;
}

/** Hears `1`-`4` in a whole form, before its fields do; whether it was one. */
export function hearRole(
  event: KeyboardEvent,
  chosenName: string | undefined,
  onRole: (role: Role) => void,
): boolean {
  const meant = roleOfKey(event, chosenName);
  if (!meant) return false;
  event.preventDefault();
  event.stopPropagation();
  onRole(meant);
  return true;
}
