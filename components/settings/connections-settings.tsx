"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useMe, useTimeInWords } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { BLUEPRINT_SYSTEMS } from "@/lib/interchange/blueprint-fields";
import { SYSTEM_NAMES } from "@/lib/interchange/connection";
import { count } from "@/lib/text/words";
import { EvidenceModel } from "./evidence-model";

type Listed = Outputs["connectionsList"]["connections"][number];

const AddConnectionDialog = onDemand(() =>
  import("./add-connection-dialog").then((m) => m.AddConnectionDialog),
);
const ConnectionDetail = onDemand(() => import("./connection-detail").then((m) => m.ConnectionDetail));

const LOOKED_AT_EVERY_MS = 5_000;

/** The systems that are read and written back to: a list, and one of them opened. */
export function ConnectionsSettings() {
  const me = useMe();
  const maySee = me !== undefined && me.user.role !== "ae" && me.user.role !== "partner_manager";
  const answer = useQuery({
    ...api.connectionsList.queryOptions({ input: {}, refetchInterval: LOOKED_AT_EVERY_MS }),
    enabled: maySee,
  });
  const [open, setOpen] = useQueryState("connection", parseAsString);
  const [isAdding, setAdding] = useState(false);
  if (me && !maySee)
    return (
      <EmptyState icon="lock" title="Looked after by an admin">
        Which systems are read, and whether what they bring is witnessed, is for admins, finance and whoever
        signs.
      </EmptyState>
    );
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={4} label="Loading the connections" />;
  const { connections, may } = answer.data;
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <Panel
        title="Systems that are read"
        aside={
          <GuardedButton size="small" icon="plus" because={may.keep} onPress={() => setAdding(true)}>
            Add connection
          </GuardedButton>
        }
      >
        {connections.length === 0 ? (
          <p className="text-pretty text-ink-2">
            None yet. A connection reads Salesforce or HubSpot by itself: deals, their history, and the
            partners that people named there; or takes the registrations that a partner portal tells of; or
            reads AWS&rsquo;s part in them from AWS Partner Central. Nothing is read before it was tested,
            tried and switched on.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {connections.map((one) => (
              <ConnectionRow
                key={one.id}
                one={one}
                isOpen={one.id === open}
                onOpen={() => void setOpen(one.id)}
              />
            ))}
          </ul>
        )}
      </Panel>
      {open && <ConnectionDetail key={open} connectionId={open} />}
      <EvidenceModel />
      <Blueprints />
      {isAdding && (
        <AddConnectionDialog
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            void setOpen(id);
          }}
        />
      )}
    </div>
  );
}

/** What an admin of the CRM makes it ready with. */
function Blueprints() {
  return (
    <Panel title="Make the CRM ready">
      <p className="text-pretty text-ink-2">
        Fields for what is written back, in the words of the policy in force, the rule that asks the stage
        gate, who may see and write them, and a guide: for the CRM&rsquo;s own admin to deploy.
      </p>
      <p className="mt-3 flex flex-wrap gap-2">
        {BLUEPRINT_SYSTEMS.map((system) => (
          <a
            key={system}
            href={`/api/v1/blueprints/${system}.zip`}
            download
            className={buttonLook("plain", "small")}
          >
            Blueprint for {SYSTEM_NAMES[system]}
          </a>
        ))}
      </p>
    </Panel>
  );
}

function ConnectionRow({ one, isOpen, onOpen }: { one: Listed; isOpen: boolean; onOpen(): void }) {
  const timeInWords = useTimeInWords();
  const said = [
    SYSTEM_NAMES[one.system],
    one.readAt ? `last read to its end ${timeInWords(one.readAt)}` : "not read yet",
    one.refused > 0 ? `${count(one.refused, "record")} could not land` : null,
    one.differs > 0 ? `${count(one.differs, "record")} to settle` : null,
  ];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="break-words">{one.name}</span>
          <Chip tone={one.onSince ? "plain" : "quiet"}>{one.onSince ? "On" : "Off"}</Chip>
          {one.acceptedOn && <Chip tone="accent">Witness</Chip>}
          {one.problem && <Chip tone="danger">Fails</Chip>}
        </p>
        <p className="text-ink-2">{said.filter(Boolean).join(", ")}</p>
        {one.problem && <p className="mt-1 break-words text-danger text-xs">{one.problem}</p>}
      </div>
      <Button size="small" aria-label={`Open ${one.name}`} aria-expanded={isOpen} onPress={onOpen}>
        {isOpen ? "Opened" : "Open"}
      </Button>
    </li>
  );
}
