"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useWrite } from "@/components/shell/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { api, problemOf } from "@/lib/api/client";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { ROLE_DUTIES } from "./role-duties";

/** Readable aloud and hard to guess: 4 × 4 letters of an alphabet without look-alikes, 78 bits. */
function newPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const random = crypto.getRandomValues(new Uint32Array(16));
  const text = [...random].map((number) => letters[number % letters.length]).join("");
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** Gives somebody access: who, as what, and the password they begin with. */
export function AddPerson({ onClose }: { onClose(): void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<UserRole>("ae");
  const [password, setPassword] = useState(newPassword);
  const [owner, setOwner] = useState<string | null>(null);
  const owners = useQuery({ ...api.ownersList.queryOptions({ input: {} }), enabled: role === "ae" });
  const create = useWrite("createUser", {
    quiet: true,
    said: () => ({
      message: `${name.trim()} may sign in`,
      detail: "Give them the password yourself; it is shown nowhere again.",
    }),
    onDone: onClose,
  });
  const problem = create.error ? problemOf(create.error) : null;
  const of = (field: string) => (problem?.field === field ? problem.rule : null);
  const isElsewhere = problem && !["name", "email", "password", "role", "ownerName"].includes(problem.field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: name.trim(),
      email: email.trim(),
      role,
      password,
      ownerName: role === "ae" ? owner : null,
    });
  };
  return (
    <Dialog
      title="Add person"
      isOpen
      onClose={onClose}
      notes="They can be given another role, or switched off, at any time."
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="add-person" isPending={create.isPending}>
            Add person
          </Button>
        </>
      }
    >
      <form id="add-person" onSubmit={submit} className="flex flex-col gap-3.5">
        {isElsewhere && <ProblemLine error={create.error} />}
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField label="Name" value={name} onChange={setName} problem={of("name")} isRequired autoFocus />
          <TextField
            label="E-mail"
            type="email"
            value={email}
            onChange={setEmail}
            problem={of("email")}
            isRequired
          />
        </div>
        <Select
          label="Role"
          value={role}
          note={ROLE_DUTIES[role]}
          problem={of("role")}
          choices={USER_ROLES.map((value) => ({
            value,
            label: USER_ROLE_NAMES[value],
            note: ROLE_DUTIES[value],
          }))}
          onChange={setRole}
        />
        {role === "ae" && (
          <ComboBox
            label="Owns the deals of"
            placeholder="Nobody's yet"
            note="The name that the CRM gives this AE as a deal's owner; those deals are theirs to tag and confirm."
            problem={of("ownerName")}
            items={(owners.data?.owners ?? []).map(({ owner: id, deals }) => ({
              id,
              name: id,
              detail: `${deals} ${deals === 1 ? "deal" : "deals"}`,
            }))}
            value={owner}
            onChange={setOwner}
          />
        )}
        <div className="flex items-end gap-2">
          <TextField
            label="Initial password"
            className="flex-1"
            inputClassName="tabular"
            value={password}
            onChange={setPassword}
            problem={of("password")}
            autoComplete="off"
            isRequired
            minLength={12}
          />
          <IconButton
            label="Another password"
            icon="undo"
            look="plain"
            onPress={() => setPassword(newPassword())}
          />
        </div>
      </form>
    </Dialog>
  );
}
