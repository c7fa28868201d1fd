"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { USER_ROLE_NAMES, USER_ROLES } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";
import { ROLE_DUTIES } from "./role-duties";

const AddPerson = onDemand(() => import("./add-person").then((m) => m.AddPerson));

type Person = Outputs["peopleList"]["people"][number];

const ROLE_CHOICES = USER_ROLES.map((value) => ({
  value,
  label: USER_ROLE_NAMES[value],
  note: ROLE_DUTIES[value],
}));

/** Everybody who signs in: what they may do, and whether they still may. */
export function PeopleSettings() {
  const me = useMe();
  const maySee = me?.user.role === "admin" || me?.user.role === "auditor";
  const answer = useQuery({ ...api.peopleList.queryOptions({ input: {} }), enabled: maySee });
  const [isAdding, setAdding] = useState(false);
  const mayManage = mayEver(me, "people.manage");
  if (me && !maySee) {
    return (
      <EmptyState icon="lock" title="For admins and auditors">
        Who signs in, and as what, is kept by an admin (RevOps). You are here as{" "}
        {USER_ROLE_NAMES[me.user.role]}: {ROLE_DUTIES[me.user.role].toLowerCase()}.
      </EmptyState>
    );
  }
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  const people = answer.data?.people;
  const active = people?.filter(({ disabled }) => !disabled) ?? [];
  const off = people?.filter(({ disabled }) => disabled) ?? [];
  return (
    <div className="flex max-w-5xl flex-col gap-8">
      <Panel
        title={people ? `${count(active.length, "person signs", "people sign")} in` : "People"}
        aside={
          mayManage && (
            <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
              Add person
            </Button>
          )
        }
      >
        {people ? (
          <ul className="divide-y divide-line">
            {active.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                mayManage={mayManage}
                isMe={person.id === me?.user.id}
              />
            ))}
          </ul>
        ) : (
          <SkeletonRows rows={7} label="Loading people" />
        )}
      </Panel>
      {off.length > 0 && (
        <Panel title="Switched off">
          <p className="mb-1 text-ink-3 text-xs">
            They cannot sign in. What they wrote stays theirs, in every deal and in the audit log.
          </p>
          <ul className="divide-y divide-line">
            {off.map((person) => (
              <PersonRow key={person.id} person={person} mayManage={mayManage} isMe={false} />
            ))}
          </ul>
        </Panel>
      )}
      {isAdding && <AddPerson onClose={() => setAdding(false)} />}
    </div>
  );
}

function PersonRow({ person, mayManage, isMe }: { person: Person; mayManage: boolean; isMe: boolean }) {
  const [asks, setAsks] = useState<"off" | Person["role"] | null>(null);
  const edit = useWrite("editUser", {
    said: (_, { changes }) =>
      changes.disabled === true
        ? { message: `${person.name} is switched off`, detail: "Every open session of theirs ended." }
        : changes.disabled === false
          ? `${person.name} may sign in again`
          : changes.role
            ? `${person.name} is now ${USER_ROLE_NAMES[changes.role]}`
            : null,
    onDone: () => setAsks(null),
  });
  const initials = person.name
    .split(/\s+/)
    .map((word) => word[0])
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return (
    <li className="grid items-center gap-x-4 gap-y-2 py-2.5 sm:grid-cols-[2rem_minmax(0,1fr)_13rem_7.5rem]">
      <span
        aria-hidden="true"
        className={classNames(
          "hidden size-8 items-center justify-center rounded-full font-medium text-xs sm:flex",
          person.disabled ? "bg-hover text-ink-3" : "bg-accent-soft text-accent-ink",
        )}
      >
        {initials}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className={classNames("font-medium", person.disabled && "text-ink-2")}>{person.name}</span>
          {isMe && <Chip tone="quiet">You</Chip>}
          {person.demo && <DemoMarker />}
        </p>
        <p className="break-all text-ink-3 text-xs">
          {person.email}
          {person.ownerName && person.ownerName !== person.name && ` · owns the deals of ${person.ownerName}`}
        </p>
      </div>
      {mayManage && !isMe && !person.disabled ? (
        <Select
          label={`Role of ${person.name}`}
          labelHidden
          value={person.role}
          choices={ROLE_CHOICES}
          onChange={(role) => role !== person.role && setAsks(role)}
        />
      ) : (
        <span className="text-ink-2">{USER_ROLE_NAMES[person.role]}</span>
      )}
      <div className="sm:text-right">
        {isMe && mayManage ? (
          <GuardedButton
            size="small"
            look="quiet"
            because="Nobody takes their own access away; another admin can change yours"
          >
            Switch off
          </GuardedButton>
        ) : (
          mayManage && (
            <Button
              size="small"
              look={person.disabled ? "plain" : "quiet"}
              isPending={edit.isPending}
              onPress={() =>
                person.disabled
                  ? edit.mutate({ userId: person.id, changes: { disabled: false } })
                  : setAsks("off")
              }
            >
              {person.disabled ? "Switch on" : "Switch off"}
            </Button>
          )
        )}
      </div>
      {asks === "off" && (
        <ConfirmDialog
          title={`Switch ${person.name} off?`}
          confirm="Switch off"
          danger
          isOpen
          isPending={edit.isPending}
          onClose={() => setAsks(null)}
          onConfirm={() => edit.mutate({ userId: person.id, changes: { disabled: true } })}
        >
          Every session of theirs ends with their next click, and they cannot sign in until somebody switches
          them on again. Deals, activities and entries in the audit log keep their name.
        </ConfirmDialog>
      )}
      {asks && asks !== "off" && (
        <ConfirmDialog
          title={`${person.name} as ${USER_ROLE_NAMES[asks]}?`}
          confirm="Change role"
          isOpen
          isPending={edit.isPending}
          onClose={() => setAsks(null)}
          onConfirm={() => edit.mutate({ userId: person.id, changes: { role: asks } })}
        >
          {ROLE_DUTIES[asks]}. They are signed out once and come back with the new role; what they did as{" "}
          {USER_ROLE_NAMES[person.role]} stays.
        </ConfirmDialog>
      )}
    </li>
  );
}
