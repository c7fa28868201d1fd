"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { addDays } from "@/lib/calendar";
import type { ExceptionDetail } from "./answers";
import { FormFrame, useFocusInside } from "./form-frame";
import { useDefer } from "./use-case-writes";
import type { Person } from "./use-people";

/** How long a case is put off unless somebody says otherwise. */
const DEFERRED_DAYS = 30;

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
  const defer = useDefer();
  const [to, setTo] = useState<string | null>(
    detail.deferred?.to.id ?? detail.owner?.id ?? people.find(({ id }) => id === me?.user.id)?.id ?? null,
  );
  const [until, setUntil] = useState(() => detail.deferred?.until ?? addDays(today, DEFERRED_DAYS));
  const ready = to !== null && until > today;
  const box = useFocusInside<HTMLFormElement>("input[type=date]");
  return (
    <FormFrame
      box={box}
      title="Defer"
      note="The quarter can freeze without it: somebody owns it, and it comes back on the day."
      onSave={() => {
        if (to && ready && !defer.isPending) defer.mutate({ detail, to, until }, { onSuccess: onClose });
      }}
      onClose={onClose}
      saving={defer.isPending}
      ready={ready}
      label="Defer"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label="Who takes it"
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={to}
          onChange={setTo}
          placeholder="Choose a person"
        />
        <DateField label="Until" value={until} onChange={setUntil} min={addDays(today, 1)} />
      </div>
      {defer.error && <ProblemLine error={defer.error} />}
    </FormFrame>
  );
}
