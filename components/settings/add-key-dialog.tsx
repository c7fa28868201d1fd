"use client";

import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyLink } from "@/components/ui/copy-link";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { KEY_SCOPE_WORDS, KEY_SCOPES, type KeyScope, SERVICE_SCOPES } from "@/lib/auth/key-scopes";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { ROLE_DUTIES } from "./role-duties";

const HANDS = [
  { value: "own", label: "Mine", detail: "What is written under it, I have written." },
  {
    value: "service",
    label: "A service’s",
    detail: "Nobody’s hand: it reads, asks the gate, brings evidence.",
  },
] as const;
const LASTS = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "366", label: "A year" },
] as const;
const ROLE_CHOICES = USER_ROLES.map((value) => ({
  value,
  label: USER_ROLE_NAMES[value],
  note: ROLE_DUTIES[value],
}));

/** Makes a key, asks who is there, and shows it this once. */
export function AddKeyDialog({ mayMakeService, onClose }: { mayMakeService: boolean; onClose(): void }) {
  const create = useWrite("createApiKey", { quiet: true, said: () => null });
  const form = useForm({
    start: {
      ...{ name: "", hand: "own" as "own" | "service", service: "auditor" as UserRole },
      ...{ scopes: ["read"] as KeyScope[], days: "90" as (typeof LASTS)[number]["value"], password: "" },
    },
    sent: ({ name, hand, service, scopes, days, password }) => {
      const asked = scopes.filter((scope) => choicesOf(hand).includes(scope));
      if (!name.trim() || !password || asked.length === 0) return null;
      return {
        ...{ name: name.trim(), scopes: asked, days: Number(days), password },
        service: hand === "service" ? service : null,
      };
    },
    write: create,
  });
  if (create.isSuccess)
    return <MadeKey made={create.data.answer} name={form.values.name} onClose={onClose} />;
  const { hand, service } = form.values;
  return (
    <FormDialog form={form} title="Make a key" save="Make the key" onClose={onClose}>
      <TextField label="Name" note="What uses it." isRequired autoFocus {...form.field("name")} />
      {mayMakeService && (
        <RadioCards
          label="Whose hand"
          className="sm:grid-cols-2"
          choices={HANDS}
          value={hand}
          onChange={(next) => form.set({ hand: next })}
        />
      )}
      {hand === "service" && (
        <Select
          label="Reads as"
          note={ROLE_DUTIES[service]}
          choices={ROLE_CHOICES}
          {...form.field("service")}
        />
      )}
      <Scopes choices={choicesOf(hand)} {...form.field("scopes")} />
      <SegmentedControl label="Works for" labelHidden={false} choices={LASTS} {...form.field("days")} />
      <TextField
        label="Your own password"
        type="password"
        autoComplete="current-password"
        isRequired
        className="max-w-72"
        {...form.field("password")}
      />
    </FormDialog>
  );
}

const choicesOf = (hand: "own" | "service"): readonly KeyScope[] =>
  hand === "own" ? KEY_SCOPES : SERVICE_SCOPES;

function Scopes({
  choices,
  value,
  onChange,
  problem,
}: {
  choices: readonly KeyScope[];
  value: KeyScope[];
  onChange(value: KeyScope[]): void;
  problem: string | null;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-ink-2 text-xs">It may</legend>
      {choices.map((scope) => (
        <Checkbox
          key={scope}
          isSelected={value.includes(scope)}
          onChange={(on) => onChange(on ? [...value, scope] : value.filter((one) => one !== scope))}
        >
          {KEY_SCOPE_WORDS[scope]}
        </Checkbox>
      ))}
      {problem && <p className="text-danger text-xs">{problem}</p>}
    </fieldset>
  );
}

function MadeKey({
  made,
  name,
  onClose,
}: {
  made: { key: string; expiresAt: string };
  name: string;
  onClose(): void;
}) {
  const timeInWords = useTimeInWords();
  return (
    <Dialog
      title={`The key for ${name.trim()}`}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        <>
          <CopyLink text={made.key} says="Copy key" />
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p className="tabular select-all break-all rounded-md border border-line bg-sunken px-4 py-3 font-mono text-xs">
        {made.key}
      </p>
      <p className="mt-3 text-pretty text-ink-2">
        Keep it where the program keeps its secrets: it is not shown again, and whoever has it writes as its
        owner. It works until {timeInWords(made.expiresAt)}.
      </p>
    </Dialog>
  );
}
