"use client";

import { useMe } from "@/components/shared/use-me";
import { useForm } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import type { ExceptionDetail } from "./answers";
import { DEFERRED_DAYS, DeferPanel } from "./defer-panel";
import { useDefer } from "./use-case-writes";
import type { Person } from "./use-people";

/** Puts a case off: who takes it, and until when. */
export function DeferForm({
  detail,
  people,
  onClose,
}: {
  detail: ExceptionDetail;
  people: readonly Person[];
  onClose(): void;
}) {
  const me = useMe();
  const today = me?.today ?? detail.openedOn;
  const own = people.find(({ id }) => id === me?.user.id);
  const form = useForm({
    start: {
      to: detail.deferred?.to.id ?? detail.owner?.id ?? own?.id ?? null,
      until: detail.deferred?.until ?? addDays(today, DEFERRED_DAYS),
    },
    sent: ({ to, until }) => (to !== null && until > today ? { detail, to, until } : null),
    write: useDefer(onClose),
  });
  return <DeferPanel form={form} title="Defer" isOne people={people} today={today} onClose={onClose} />;
}
