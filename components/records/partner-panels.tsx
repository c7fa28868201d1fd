"use client";

import { useState } from "react";
import { AccountName } from "@/components/shared/names";
import { Program } from "@/components/shared/program/program";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { Contact } from "./contact-dialog";

const ContactDialog = onDemand(() => import("./contact-dialog").then((m) => m.ContactDialog));
const EnterAccountDialog = onDemand(() => import("./enter-account-dialog").then((m) => m.EnterAccountDialog));
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
  const [isOpen, setOpen] = useState(false);
  const leave = useWrite("leaveAccount", { said: () => `${partner.name} is out of the account` });
  return (
    <Panel
      title="In accounts"
      id="accounts"
      aside={
        <GuardedButton size="small" icon="plus" because={may.enterAccount} onPress={() => setOpen(true)}>
          Add account
        </GuardedButton>
      }
    >
      {partner.accounts.length === 0 && <p className="text-ink-3">In none that anybody named.</p>}
      <ul className="divide-y divide-line">
        {partner.accounts.map((account) => (
          <li key={account.id} className="flex items-center justify-between gap-2 py-1.5">
            <span className="flex min-w-0 flex-wrap items-center gap-x-2">
              <AccountName account={account} className="font-medium" />
              {account.deals === 0 ? (
                <Chip tone="dashed" title="In the account, and on no deal of it">
                  Attached
                </Chip>
              ) : (
                <span className="text-ink-3 text-xs">{count(account.deals, "deal")}</span>
              )}
            </span>
            {may.enterAccount === true && (
              <IconButton
                label={`${partner.name} is not in ${account.name}`}
                icon="close"
                size="small"
                onPress={() => leave.mutate({ partnerId: partner.id, accountId: account.id })}
              />
            )}
          </li>
        ))}
      </ul>
      {isOpen && <EnterAccountDialog partner={partner} onClose={() => setOpen(false)} />}
    </Panel>
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
