"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";
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
    said: () => null,
  });
  if (create.isSuccess)
    return <FirstSignIn name={name.trim()} email={email.trim()} password={password} onClose={onClose} />;

  const problem = create.error ? problemOf(create.error) : null;
  const of = (field: string) => (problem?.field === field ? problem.rule : null);
  const isElsewhere = problem && !["name", "email", "password", "role", "ownerName"].includes(problem.field);
  /** A refusal stands until something changes; a field that stays invalid would keep the form from being sent. */
  const edit =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      create.reset();
      set(value);
    };
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
          <TextField
            label="Name"
            value={name}
            onChange={edit(setName)}
            problem={of("name")}
            isRequired
            autoFocus
          />
          <TextField
            label="E-mail"
            type="email"
            value={email}
            onChange={edit(setEmail)}
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
          onChange={edit(setRole)}
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
              detail: count(deals, "deal"),
            }))}
            value={owner}
            onChange={edit(setOwner)}
          />
        )}
        <div className="flex items-end gap-2">
          <TextField
            label="Initial password"
            className="flex-1"
            inputClassName="tabular"
            value={password}
            onChange={edit(setPassword)}
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

/** The one time that the initial password can be seen: whoever added the person passes it on. */
function FirstSignIn({
  name,
  email,
  password,
  onClose,
}: {
  name: string;
  email: string;
  password: string;
  onClose(): void;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Where the clipboard is closed to pages, the text can still be selected.
    await navigator.clipboard?.writeText(`${email}\n${password}`).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <Dialog
      title={`${name} may sign in`}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button icon={copied ? "check" : "note"} onPress={copy}>
            {copied ? "Copied" : "Copy both"}
          </Button>
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <dl className="flex flex-col gap-2 rounded-md border border-line bg-sunken px-4 py-3">
        <div>
          <dt className="text-ink-3 text-xs">E-mail</dt>
          <dd className="select-all break-all font-medium">{email}</dd>
        </div>
        <div>
          <dt className="text-ink-3 text-xs">Initial password</dt>
          <dd className="tabular select-all break-all font-medium text-base">{password}</dd>
        </div>
      </dl>
      <p className="mt-3 text-ink-2">
        Pass these on yourself. The password is kept nowhere and not shown again.
      </p>
    </Dialog>
  );
}
