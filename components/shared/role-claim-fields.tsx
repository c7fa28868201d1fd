"use client";

import { DateField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Role, Stage } from "@/lib/attribution/vocabulary";
import { ROLE_CHOICES, STAGE_CHOICES } from "./role-choices";
import { useMe } from "./use-me";

/** A field as `useForm` hands it out. */
interface FieldOf<T, Nothing = never> {
  value: T | Nothing;
  onChange(next: T): void;
}

/** What a role row claims: which role, at which stage, on which day. */
export function RoleClaimFields({
  role,
  stage,
  day,
  stageShown,
}: {
  role: FieldOf<Role, null>;
  stage: FieldOf<Stage, null>;
  day: FieldOf<string>;
  /** The stage that stands while nobody has said another. */
  stageShown: Stage;
}) {
  const today = useMe()?.today;
  return (
    <>
      <SegmentedControl
        label="Role"
        labelHidden={false}
        choices={ROLE_CHOICES}
        className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7 [&_label]:px-2 pointer-coarse:[&_label]:h-10"
        {...role}
      />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Stage touched"
          choices={STAGE_CHOICES}
          {...stage}
          value={String(stageShown)}
          onChange={(next) => stage.onChange(Number(next) as Stage)}
        />
        <DateField label="Day" max={today} {...day} />
      </div>
    </>
  );
}
