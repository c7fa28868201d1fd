"use client";

import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import type { Outputs } from "@/lib/api/client";
import { SEATS, USER_ROLE_NAMES, USER_ROLES } from "@/lib/auth/roles";
import { EditPerson } from "./edit-person";
import { LinkDialog } from "./link-dialog";
import { PersonLeaving } from "./person-leaving";
import { ROLE_DUTIES } from "./role-duties";

type Person = Outputs["peopleList"]["people"][number];

const ROLE_CHOICES = USER_ROLES.map((value) => ({
  value,
  label: USER_ROLE_NAMES[value],
  note: ROLE_DUTIES[value],
}));

/** What is asked before it is done: another role, another name or team, or no access any more. */
type Asked = "off" | "link" | "edit" | Person["role"];

/** One who signs in: as what, and whether they still may. */
export function PersonRow({
  person,
  mayManage,
  isMe,
}: {
  person: Person;
  mayManage: boolean;
  isMe: boolean;
}) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const edit = useWrite("editUser", {
    said: (_, { changes }) =>
      changes.disabled === true
        ? { message: `${person.name} is switched off`, detail: "Every open session of theirs ended." }
        : changes.disabled === false
          ? `${person.name} may sign in again`
          : changes.role
            ? `${person.name} is now ${USER_ROLE_NAMES[changes.role]}`
            : null,
    onDone: () => setAsked(null),
  });
  return (
    <li className="grid items-center gap-x-4 gap-y-2 py-2.5 sm:grid-cols-[2rem_minmax(0,1fr)_13rem_16rem]">
      <Who person={person} isMe={isMe} />
      {mayManage && person.may.access === true && !person.disabled ? (
        <Select
          label={`Role of ${person.name}`}
          labelHidden
          value={person.role}
          choices={ROLE_CHOICES}
          onChange={(role) => role !== person.role && setAsked(role)}
        />
      ) : (
        <span className="text-ink-2">{USER_ROLE_NAMES[person.role]}</span>
      )}
      {mayManage && !person.erased && (
        <Access
          person={person}
          isPending={edit.isPending}
          onLink={() => setAsked("link")}
          onEdit={() => setAsked("edit")}
          onSwitch={() =>
            person.disabled
              ? edit.mutate({ userId: person.id, changes: { disabled: false } })
              : setAsked("off")
          }
        />
      )}
      {asked === "link" && <AskLink person={person} onClose={() => setAsked(null)} />}
      {asked === "edit" && <EditPerson person={person} onClose={() => setAsked(null)} />}
      {asked && asked !== "link" && asked !== "edit" && (
        <AreYouSure
          person={person}
          asked={asked}
          isPending={edit.isPending}
          onConfirm={(changes) => edit.mutate({ userId: person.id, changes })}
          onClose={() => setAsked(null)}
        />
      )}
    </li>
  );
}

/** A link for their password, and whether they may come in at all. */
function Access({
  person,
  isPending,
  onLink,
  onEdit,
  onSwitch,
}: {
  person: Person;
  isPending: boolean;
  onLink(): void;
  onEdit(): void;
  onSwitch(): void;
}) {
  return (
    <div className="flex flex-wrap gap-1.5 sm:justify-end">
      <GuardedButton
        size="small"
        look="quiet"
        icon="edit"
        aria-label={`Edit ${person.name}`}
        because={person.may.edit}
        onPress={onEdit}
      >
        Edit
      </GuardedButton>
      {!person.disabled && (
        <GuardedButton
          size="small"
          look="quiet"
          icon="link"
          aria-label={`Link for ${person.name}`}
          because={person.may.link}
          onPress={onLink}
        >
          Link
        </GuardedButton>
      )}
      {person.disabled && <PersonLeaving person={person} />}
      <GuardedButton
        size="small"
        look={person.disabled ? "plain" : "quiet"}
        because={person.may.access}
        isPending={isPending}
        onPress={onSwitch}
      >
        {person.disabled ? "Switch on" : "Switch off"}
      </GuardedButton>
    </div>
  );
}

function Who({ person, isMe }: { person: Person; isMe: boolean }) {
  const { name, email, ownerName, team, disabled, demo } = person;
  const initials = name
    .split(/\s+/)
    .map((word) => word[0])
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return (
    <>
      <span
        aria-hidden="true"
        className={classNames(
          "hidden size-8 items-center justify-center rounded-full font-medium text-xs sm:flex",
          disabled ? "bg-hover text-ink-3" : "bg-accent-soft text-accent-ink",
        )}
      >
        {initials}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className={classNames("font-medium", disabled && "text-ink-2")}>{name}</span>
          {isMe && <Chip tone="quiet">You</Chip>}
          {demo && <DemoMarker />}
          {team && <Chip tone="quiet">{team}</Chip>}
        </p>
        <p className="break-all text-ink-3 text-xs">
          {email}
          {ownerName && ownerName !== name && ` · owns the deals of ${ownerName}`}
        </p>
        <p className="text-ink-3 text-xs">{accessWords(person, useTimeInWords())}</p>
      </div>
    </>
  );
}

/** How far somebody is on the way in: by link, by password, last seen. */
function accessWords(
  { disabled, erased, hold, demo, passwordSetAt, passwordOwn, linkUntil, seenAt, role }: Person,
  timeInWords: (instant: string) => string,
): string {
  if (erased) return "What was kept of them is erased";
  if (hold !== null) return `Must be kept: ${hold}`;
  if (disabled) return seenAt ? `Last here ${timeInWords(seenAt)}` : "Was never here";
  const link = linkUntil && `link works until ${timeInWords(linkUntil)}`;
  if (!passwordSetAt) return `No password yet; ${link ?? "no link works: make one"}`;
  const signs = SEATS.some((seat) => seat === role) && !passwordOwn && !demo;
  return [
    seenAt
      ? `Last here ${timeInWords(seenAt)}`
      : `Password set ${timeInWords(passwordSetAt)}, never here yet`,
    signs && "the password was set in an admin’s browser and counts for no signature",
    link && `new ${link}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** Asks first where a password is in use: the link replaces it, and signs its owner out. */
function AskLink({ person, onClose }: { person: Person; onClose(): void }) {
  const [isSure, setSure] = useState(person.passwordSetAt === null);
  if (isSure) return <LinkDialog person={person} title={`A link for ${person.name}`} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={`A new link for ${person.name}?`}
      confirm="Make a link"
      isOpen
      onConfirm={() => setSure(true)}
      onClose={onClose}
    >
      For when the password is forgotten or may be known to somebody. It opens until the link is used; then
      every session of theirs ends and the new one holds.
    </ConfirmDialog>
  );
}

function AreYouSure({
  person: { name, role },
  asked,
  isPending,
  onConfirm,
  onClose,
}: {
  person: Person;
  asked: Exclude<Asked, "link" | "edit">;
  isPending: boolean;
  onConfirm(changes: { disabled: true } | { role: Person["role"] }): void;
  onClose(): void;
}) {
  if (asked === "off")
    return (
      <ConfirmDialog
        title={`Switch ${name} off?`}
        confirm="Switch off"
        danger
        isOpen
        isPending={isPending}
        onClose={onClose}
        onConfirm={() => onConfirm({ disabled: true })}
      >
        Every session of theirs ends with their next click, and they cannot sign in until somebody switches
        them on again. Deals, activities and entries in the audit log keep their name.
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title={`${name} as ${USER_ROLE_NAMES[asked]}?`}
      confirm="Change role"
      isOpen
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => onConfirm({ role: asked })}
    >
      {ROLE_DUTIES[asked]}. They are signed out once and come back with the new role; what they did as{" "}
      {USER_ROLE_NAMES[role]} stays.
    </ConfirmDialog>
  );
}
