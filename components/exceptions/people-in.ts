import type { Me } from "@/components/shell/use-me";
import type { ExceptionLine } from "./answers";

export interface Person {
  id: string;
  name: string;
}

/** Everybody whom the cases name, and oneself: who may own one or take it on. By name. */
export function peopleIn(rows: readonly ExceptionLine[], me: Me | undefined): Person[] {
  const all = rows.flatMap((row) => [
    row.owner,
    row.raisedBy,
    row.deferred?.to,
    ...row.votes.map(({ by }) => by),
  ]);
  const own = me?.user.id ? [{ id: me.user.id, name: me.user.name }] : [];
  const byId = new Map([...own, ...all.filter((one) => one != null)].map((one) => [one.id, one]));
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
}
