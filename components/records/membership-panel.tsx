"use client";

import { type ReactNode, useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";

const EnterAccountDialog = onDemand(() => import("./enter-account-dialog").then((m) => m.EnterAccountDialog));

interface Named {
  id: string;
  name: string;
}

/** A partner in an account: one of the two is the record that is looked at, the other one is named here. */
interface Member {
  partner: Named;
  account: Named;
  shown: ReactNode;
  /** How many deals of the account the partner is on; on none it is attached [3]. */
  deals: number;
  detail?: string | null;
  /** Whether somebody said so, and it can be said otherwise; not where a deal alone shows it. */
  isSaid: boolean;
}

/** Who is in an account, or in which accounts a partner is: who is on no deal of it shows as attached. */
export function MembershipPanel({
  title,
  id,
  of,
  add,
  may,
  empty,
  members,
}: {
  title: string;
  id: string;
  /** The record that is looked at. */
  of: { partner: Named } | { account: Named };
  add: string;
  may: Outputs["partner"]["may"]["enterAccount"];
  empty: string;
  members: readonly Member[];
}) {
  const [isOpen, setOpen] = useState(false);
  const leave = useWrite("leaveAccount", {
    said: (_, sent) => `${leaving(members, sent)} no more`,
    undo: true,
  });
  return (
    <Panel
      title={title}
      id={id}
      aside={
        <GuardedButton size="small" icon="plus" because={may} onPress={() => setOpen(true)}>
          {add}
        </GuardedButton>
      }
    >
      {members.length === 0 && <p className="text-ink-3">{empty}</p>}
      <ul className="divide-y divide-line">
        {members.map(({ partner, account, shown, deals, detail, isSaid }) => (
          <li key={`${partner.id} ${account.id}`} className="flex items-center justify-between gap-2 py-1.5">
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-x-2">
                {shown}
                {deals === 0 && (
                  <Chip tone="dashed" says="In the account, and on no deal of it">
                    Attached
                  </Chip>
                )}
              </span>
              {detail && <span className="block text-ink-3 text-xs">{detail}</span>}
            </span>
            {isSaid && may === true && (
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
      {isOpen && <EnterAccountDialog {...of} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function leaving(members: readonly Member[], sent: { partnerId: string; accountId: string }): string {
  const one = members.find(
    ({ partner, account }) => partner.id === sent.partnerId && account.id === sent.accountId,
  );
  return one ? `${one.partner.name} is in ${one.account.name}` : "It is in the account";
}
