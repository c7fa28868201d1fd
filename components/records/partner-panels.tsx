"use client";

import { useState } from "react";
import { AccountName } from "@/components/shared/names";
import { Program } from "@/components/shared/program/program";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { Contact } from "./contact-dialog";
import { MembershipPanel } from "./membership-panel";

const ContactDialog = onDemand(() => import("./contact-dialog").then((m) => m.ContactDialog));
const GrantDialog = onDemand(() =>
  import("@/components/shared/program/program-dialogs").then((m) => m.GrantDialog),
);

type Answer = Outputs["partner"];

/** Who people there are. */
export function PartnerContacts({ answer: { partner, may } }: { answer: Answer }) {
  const [open, setOpen] = useState<Contact | "new" | null>(null);
  return (
    <Panel
      title="Contacts"
      id="contacts"
      aside={
        <GuardedButton size="small" icon="plus" because={may.edit} onPress={() => setOpen("new")}>
          Add contact
        </GuardedButton>
      }
    >
      {partner.contacts.length === 0 && <p className="text-ink-3">Nobody yet.</p>}
      <ul className="divide-y divide-line">
        {partner.contacts.map((contact) => (
          <li key={contact.id} className="flex items-start justify-between gap-2 py-1.5">
            <span className="min-w-0">
              <span className="font-medium">{contact.name}</span>
              <span className="block truncate text-ink-3 text-xs">
                {[contact.title, contact.email].filter(Boolean).join(" · ") || "no address yet"}
              </span>
            </span>
            {may.edit === true && (
              <IconButton
                label={`Edit ${contact.name}`}
                icon="edit"
                size="small"
                onPress={() => setOpen(contact)}
              />
            )}
          </li>
        ))}
      </ul>
      {open && (
        <ContactDialog
          partner={partner}
          contact={open === "new" ? undefined : open}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  );
}

/** Where it was said to be, on a deal or not. */
export function PartnerAccounts({ answer: { partner, may } }: { answer: Answer }) {
  return (
    <MembershipPanel
      title="In accounts"
      id="accounts"
      of={{ partner }}
      add="Add account"
      may={may.enterAccount}
      empty="In none that anybody named."
      members={partner.accounts.map((account) => ({
        ...{ partner, account, deals: account.deals, isSaid: true },
        shown: <AccountName account={account} className="font-medium" />,
        detail: account.deals > 0 ? `on ${count(account.deals, "deal")}` : null,
      }))}
    />
  );
}

/** Its programs with their days. */
export function PartnerProgramList({ answer: { partner, listed, may } }: { answer: Answer }) {
  const [isOpen, setOpen] = useState(false);
  const holder = { id: partner.id, name: partner.name, may: { grant: may.grant } };
  return (
    <Panel
      title="Programs"
      id="programs"
      aside={
        <GuardedButton size="small" icon="plus" because={may.grant} onPress={() => setOpen(true)}>
          Take in
        </GuardedButton>
      }
    >
      {partner.programs.length === 0 && <p className="text-ink-3">In no program.</p>}
      <ul className="flex flex-col gap-2">
        {partner.programs.map((program) => (
          <Program key={`${program.name} ${program.from}`} partner={holder} program={program} />
        ))}
      </ul>
      {isOpen && <GrantDialog partner={holder} listed={listed} onClose={() => setOpen(false)} />}
    </Panel>
  );
}
