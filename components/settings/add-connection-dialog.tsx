"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import {
  CONNECTION_SYSTEMS,
  type ConnectionSystem,
  SECRETS_OF,
  SYSTEM_NAMES,
} from "@/lib/interchange/connection";
import { PORTAL_NAMES, PORTALS, type Portal } from "@/lib/interchange/portal";

const PORTAL_CHOICES = PORTALS.map((value) => ({ value, label: PORTAL_NAMES[value] }));
const SYSTEMS = CONNECTION_SYSTEMS.map((value) => ({ value, label: SYSTEM_NAMES[value] }));
const ADDRESSES: Readonly<Record<ConnectionSystem, { placeholder: string; note: string }>> = {
  salesforce: {
    placeholder: "https://company.my.salesforce.com",
    note: "The org's own address, under Setup, My Domain.",
  },
  hubspot: { placeholder: "https://api.hubapi.com", note: "HubSpot's, the same for everybody." },
  aws: {
    placeholder: "https://partnercentral-selling.us-east-1.api.aws",
    note: "The API's, the same for everybody.",
  },
  prm: {
    placeholder: "https://app.partnerstack.com",
    note: "Where people open it. It is not asked: it tells.",
  },
};

/** Names a system with its address and its secrets; it is tested at once, and nothing is read. */
export function AddConnectionDialog({ onClose, onAdded }: { onClose(): void; onAdded(id: string): void }) {
  const form = useForm({
    start: {
      system: "salesforce" as ConnectionSystem,
      name: "",
      address: "",
      first: "",
      second: "",
      portal: "own" as Portal,
    },
    sent: ({ system, name, address, first, second, portal }) => {
      const [one, other] = SECRETS_OF[system];
      const isGiven = name.trim() && address.trim() && first.trim() && (second.trim() || !other?.isNeeded);
      if (!isGiven || !one) return null;
      const secrets = { [one.name]: first, ...(other && { [other.name]: second }) };
      return { system, name, address, secrets, ...(system === "prm" && { portal }) };
    },
    write: useWrite("createConnection", {
      quiet: true,
      said: (_, { name }) => `${name} is tested now`,
      onDone: ({ answer }) => onAdded(answer.connectionId),
    }),
  });
  const system = form.field("system").value;
  const [one, other] = SECRETS_OF[system];
  return (
    <FormDialog form={form} title="Add connection" save="Add and test" width="narrow" onClose={onClose}>
      <SegmentedControl label="System" labelHidden={false} choices={SYSTEMS} {...form.field("system")} />
      <TextField
        label="Name"
        placeholder="Salesforce, production"
        isRequired
        autoFocus
        {...form.field("name")}
      />
      <TextField label="Address" isRequired {...ADDRESSES[system]} {...form.field("address")} />
      <TextField
        label={one!.label}
        note={one!.note}
        isRequired
        autoComplete="off"
        type="password"
        {...form.field("first")}
      />
      {other && (
        <TextField
          label={other.label}
          note={other.note}
          isRequired={other.isNeeded}
          autoComplete="off"
          type="password"
          {...form.field("second")}
        />
      )}
      {system === "prm" && (
        <Select label="Its messages are as those of" choices={PORTAL_CHOICES} {...form.field("portal")} />
      )}
    </FormDialog>
  );
}
