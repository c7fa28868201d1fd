"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  type DealType,
  ROLES,
  type Role,
  STAGES,
} from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, DEAL_TYPE_LABELS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { BLUEPRINT_NAMES, BLUEPRINT_SYSTEMS } from "@/lib/interchange/blueprint-fields";
import {
  type ConnectionSettings,
  type ConnectionSystem,
  type Looked,
  WRITTEN_BACK,
  type WrittenBack,
} from "@/lib/interchange/connection";
import type { ConnectionAnswer } from "./ask-connection";
import { PortalWords } from "./portal-words";
import { WriteObjectFields } from "./write-object";

type Meant = ConnectionSettings["stages"][string];

const STAGE_CHOICES = [
  ...STAGES.filter((stage) => stage > 0).map((stage) => ({
    value: `${stage} open`,
    label: `${stage} ${STAGE_WORDS[stage].label}`,
  })),
  ...DEAL_OUTCOMES.filter((outcome) => outcome !== "open").map((outcome) => ({
    value: `5 ${outcome}`,
    label: DEAL_OUTCOME_LABELS[outcome],
  })),
];
const TYPE_CHOICES = DEAL_TYPES.map((value) => ({ value, label: DEAL_TYPE_LABELS[value] }));
const ROLE_CHOICES = [
  ...ROLES.map((value) => ({ value: value as string, label: ROLE_WORDS[value].label })),
  { value: "none", label: "No partner of ours" },
];
const WRITTEN: Readonly<Record<WrittenBack, string>> = {
  outcome: "Outcome",
  partner: "Partner",
  evidence: "Evidence",
  reason: "Reason",
  receipt: "Gate's receipt",
  link: "Link to the deal here",
};

/** What was said, else what a word most likely is: shown before anybody saves it. */
function draftOf({ system, settings }: ConnectionAnswer, looked: Looked) {
  const stages: Record<string, Meant> = { ...settings.stages };
  for (const { key, likely } of looked.stages) if (likely && !stages[key]) stages[key] = likely;
  const types: Record<string, DealType> = { ...settings.types };
  for (const { key, likely } of looked.types) if (likely && !types[key]) types[key] = likely;
  const isNamed = Object.keys(settings.writeBack).length > 0 || settings.receiptField !== null;
  const fields = isNamed ? settings : { ...settings, ...blueprintOf(system, looked) };
  const statuses = { ...settings.statuses };
  for (const { key, likely } of looked.statuses ?? [])
    if (likely && !(key in statuses)) statuses[key] = likely;
  return {
    ...{ stages, types, roles: settings.roles, statuses, partners: settings.partners },
    ...{ writeBack: fields.writeBack, receiptField: fields.receiptField },
    writeObject: settings.writeObject ?? null,
  };
}

/** The fields of the blueprint, as far as they are there. */
function blueprintOf(
  system: ConnectionSystem,
  looked: Looked,
): Pick<ConnectionSettings, "writeBack" | "receiptField"> {
  const made = BLUEPRINT_SYSTEMS.find((one) => one === system);
  if (!made) return { writeBack: {}, receiptField: null };
  const names = BLUEPRINT_NAMES[made];
  const isThere = (name: string) => looked.fields.some(({ key }) => key === name);
  // What the gate gave the CRM is read there, and not written over.
  const written = WRITTEN_BACK.filter((name) => name !== "receipt" && isThere(names[name]));
  return {
    writeBack: Object.fromEntries(written.map((name) => [name, names[name]])),
    receiptField: isThere(names.receipt) ? names.receipt : null,
  };
}

/** Which of ours each word of the system is. */
export function ConnectionWords({ one, looked }: { one: ConnectionAnswer; looked: Looked }) {
  const [draft, setDraft] = useState(() => draftOf(one, looked));
  const write = useWrite("editConnection", { said: () => "Saved: make a dry run next" });
  const { stages, types, roles } = draft;
  const isDisabled = one.may.keep !== true;
  const put = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  return (
    <Panel
      title="2. What its words mean here"
      aside={
        <GuardedButton
          size="small"
          because={one.may.keep}
          isPending={write.isPending}
          onPress={() => write.mutate({ connectionId: one.id, changes: draft })}
        >
          Save words
        </GuardedButton>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {looked.stages.map(({ key, label }) => (
          <Select
            key={`stage ${key}`}
            label={`Stage: ${label}`}
            choices={STAGE_CHOICES}
            value={stages[key] ? `${stages[key].stage} ${stages[key].outcome}` : null}
            isDisabled={isDisabled}
            onChange={(chosen) => put({ stages: { ...stages, [key]: meantBy(chosen) } })}
          />
        ))}
        {looked.types.map(({ key, label }) => (
          <Select
            key={`type ${key}`}
            label={`Type: ${label}`}
            choices={TYPE_CHOICES}
            value={types[key] ?? null}
            isDisabled={isDisabled}
            onChange={(chosen) => put({ types: { ...types, [key]: chosen } })}
          />
        ))}
        {looked.roles.map(({ key, label }) => (
          <Select
            key={`role ${key}`}
            label={`Partner: ${label}`}
            choices={ROLE_CHOICES}
            value={key in roles ? (roles[key] ?? "none") : null}
            isDisabled={isDisabled}
            onChange={(chosen) =>
              put({ roles: { ...roles, [key]: chosen === "none" ? null : (chosen as Role) } })
            }
          />
        ))}
        <PortalWords looked={looked} named={draft} isDisabled={isDisabled} onChange={put} />
        {one.system === "salesforce" && (
          <WriteObjectFields
            named={draft.writeObject}
            isDisabled={isDisabled}
            onChange={(writeObject) => put({ writeObject })}
          />
        )}
        <WrittenBackFields looked={looked} named={draft} isDisabled={isDisabled} onChange={put} />
      </div>
      <p className="mt-3 text-pretty text-ink-3 text-xs">
        A record with a word that nobody has translated is refused alone, and lands once somebody has.
      </p>
    </Panel>
  );
}

type Named = Pick<ConnectionSettings, "writeBack" | "receiptField" | "writeObject">;

/** To which field of theirs each of ours is written, and in which the gate's receipt comes back. */
function WrittenBackFields({
  looked,
  named: { writeBack, receiptField, writeObject },
  isDisabled,
  onChange,
}: {
  looked: Looked;
  named: Named;
  isDisabled: boolean;
  onChange(changed: Partial<Named>): void;
}) {
  if (looked.fields.length === 0) return null;
  const choices = (some: Looked["fields"]) => some.map(({ key, label }) => ({ value: key, label }));
  const fields = choices(looked.fields);
  const written = writeObject ? choices(looked.objectFields ?? []) : fields;
  return (
    <>
      {WRITTEN_BACK.map((name) => (
        <Select
          key={name}
          label={`Written back: ${WRITTEN[name]}`}
          choices={[{ value: "", label: "Not written" }, ...written]}
          value={writeBack[name] ?? ""}
          isDisabled={isDisabled}
          onChange={(field) => onChange({ writeBack: withField(writeBack, name, field) })}
        />
      ))}
      <Select
        label="Read: the gate’s receipt"
        choices={[{ value: "", label: "Not read" }, ...fields]}
        value={receiptField ?? ""}
        isDisabled={isDisabled}
        onChange={(field) => onChange({ receiptField: field === "" ? null : field })}
      />
    </>
  );
}

function meantBy(chosen: string): Meant {
  const [stage, outcome] = chosen.split(" ");
  return { stage: Number(stage), outcome } as Meant;
}

function withField(
  writeBack: ConnectionSettings["writeBack"],
  name: WrittenBack,
  field: string,
): ConnectionSettings["writeBack"] {
  const { [name]: _, ...rest } = writeBack;
  return field === "" ? rest : { ...rest, [name]: field };
}
