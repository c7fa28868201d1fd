"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useForm } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import { count } from "@/lib/text/words";
import type { ExceptionLine } from "./answers";
import { DEFERRED_DAYS, DeferPanel } from "./defer-panel";
import type { Person } from "./use-people";
import { type LeftOut, useDeferMany } from "./use-triage-writes";

/** Puts several cases off together: who takes them, and until when. */
export function DeferManyForm({
  cases,
  people,
  onClose,
}: {
  cases: readonly ExceptionLine[];
  people: readonly Person[];
  onClose(left?: readonly LeftOut[]): void;
}) {
  const me = useMe();
  const [exceptionIds] = useState(() => cases.map(({ id }) => id));
  const today = me?.today ?? cases[0]?.openedOn ?? "";
  const own = people.find(({ id }) => id === me?.user.id);
  const form = useForm({
    start: { to: own?.id ?? null, until: addDays(today, DEFERRED_DAYS) },
    sent: ({ to, until }) => (to !== null && until > today ? { exceptionIds, to, until } : null),
    write: useDeferMany(onClose),
  });
  return (
    <DeferPanel
      form={form}
      title={`Defer ${count(exceptionIds.length, "case")}`}
      isOne={false}
      people={people}
      today={today}
      onClose={onClose}
    />
  );
}
