"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { leaveForSignOn } from "@/components/shared/session";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { OwnPassword } from "@/components/ui/own-password";
import { RadioCards } from "@/components/ui/radio-cards";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { KEY_SCOPE_WORDS, KEY_SCOPES, type KeyScope, SERVICE_SCOPES } from "@/lib/auth/key-scopes";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { ROLE_DUTIES } from "./role-duties";
import { ShownOnce } from "./shown-once";
import { TickList } from "./tick-list";

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
  const account = useQuery(api.account.queryOptions({ input: {} })).data;
  const hasPassword = !account || account.passwordSetAt !== null;
  const form = useForm({
    start: {
      ...{ name: "", hand: "own" as "own" | "service", service: "auditor" as UserRole },
      ...{ scopes: ["read"] as KeyScope[], days: "90" as (typeof LASTS)[number]["value"], password: "" },
    },
    sent: ({ name, hand, service, scopes, days, password }) => {
      const asked = scopes.filter((scope) => choicesOf(hand).includes(scope));
      if (!name.trim() || (hasPassword && !password) || asked.length === 0) return null;
      return {
        ...{ name: name.trim(), scopes: asked, days: Number(days), ...(hasPassword && { password }) },
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
      <TickList label="It may" choices={choicesOf(hand)} words={KEY_SCOPE_WORDS} {...form.field("scopes")} />
      <SegmentedControl label="Works for" labelHidden={false} choices={LASTS} {...form.field("days")} />
      {hasPassword ? <OwnPassword {...form.field("password")} autoFocus={false} /> : <SignInAnew />}
    </FormDialog>
  );
}

/** Of who has no password here a fresh sign-in is asked; this is the way to one, and back to the keys. */
function SignInAnew() {
  const [is, setIs] = useState<"here" | "leaving" | "lost">("here");
  const leave = async () => {
    setIs("leaving");
    if (!(await leaveForSignOn("/settings/api"))) setIs("lost");
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-pretty text-ink-2">
        You have no password here, so a key is made within ten minutes of signing in. Is that longer ago, sign
        in anew first; you come back to your keys.
      </p>
      <Button size="small" isPending={is === "leaving"} onPress={leave}>
        Sign in anew
      </Button>
      {is === "lost" && (
        <p role="alert" className="text-danger">
          Your company’s sign-in could not be reached; try again.
        </p>
      )}
    </div>
  );
}

const choicesOf = (hand: "own" | "service"): readonly KeyScope[] =>
  hand === "own" ? KEY_SCOPES : SERVICE_SCOPES;

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
    <ShownOnce title={`The key for ${name.trim()}`} secret={made.key} copy="Copy key" onClose={onClose}>
      Keep it where the program keeps its secrets: it is not shown again, and whoever has it writes as its
      owner. It works until {timeInWords(made.expiresAt)}.
    </ShownOnce>
  );
}
