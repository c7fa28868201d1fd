"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";

const StatementDialog = onDemand(() => import("./statement-dialog").then((m) => m.StatementDialog));

type Link = Outputs["partnerStatements"]["links"][number];

/** The links by which it sees its own deals and outcomes. */
export function PartnerStatements({ partner }: { partner: Outputs["partner"]["partner"] }) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(api.partnerStatements.queryOptions({ input: { partnerId: partner.id } }));
  if (!data) return null;
  return (
    <Panel
      title="Statement"
      id="statement"
      aside={
        <GuardedButton size="small" icon="link" because={data.may.share} onPress={() => setOpen(true)}>
          Share
        </GuardedButton>
      }
    >
      {data.links.length === 0 && (
        <p className="text-ink-3">Not shared: by a link it would see its own deals, outcomes and why.</p>
      )}
      <ul className="divide-y divide-line">
        {data.links.map((link) => (
          <SharedLink key={link.id} link={link} mayEnd={data.may.share === true} />
        ))}
      </ul>
      {isOpen && <StatementDialog partner={partner} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

/** What its contact answered; nothing of a link that only shows. */
function saidByIt({ answeredBy, confirmed, contested }: Link): string {
  if (answeredBy === null) return "";
  const said = [
    ...(confirmed > 0 ? [`${count(confirmed, "line")} confirmed`] : []),
    ...(contested > 0 ? [`${contested} contested`] : []),
  ];
  return ` · ${said.join(", ") || "nothing answered yet"}`;
}

function SharedLink({ link, mayEnd }: { link: Link; mayEnd: boolean }) {
  const timeInWords = useTimeInWords();
  const end = useWrite("revokeStatement", { said: () => "The link works no more" });
  const { state, expiresAt, opened, lastOpenedAt } = link;
  const until = { works: "works until", over: "worked until", ended: "ended; was to work until" }[state];
  return (
    <li className="flex items-start justify-between gap-2 py-1.5">
      <span className="min-w-0">
        <span className="font-medium">{link.sharedBy}</span>
        <span className="text-ink-2">
          {link.answeredBy && ` to ${link.answeredBy}`}
          {link.amounts ? " · with amounts" : " · without amounts"}
        </span>
        <span className="block text-ink-3 text-xs">
          {until} {timeInWords(expiresAt)} ·{" "}
          {lastOpenedAt
            ? `opened ${count(opened, "time")}, last ${timeInWords(lastOpenedAt)}`
            : "not opened yet"}
          {saidByIt(link)}
        </span>
      </span>
      {state === "works" && mayEnd && (
        <Button size="small" isPending={end.isPending} onPress={() => end.mutate({ statementId: link.id })}>
          End
        </Button>
      )}
    </li>
  );
}
