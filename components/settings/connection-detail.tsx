"use client";

import { useQuery } from "@tanstack/react-query";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { AskButton, type ConnectionAnswer, UNDER_WAY } from "./ask-connection";
import { ConnectionRehearsal } from "./connection-rehearsal";
import { ConnectionRuns } from "./connection-runs";
import { ConnectionTrouble } from "./connection-trouble";
import { ConnectionWords } from "./connection-words";

const LOOKED_AT_EVERY_MS = 3_000;

/** One connection: the four steps by which it comes to be, whose word it is, and how its syncs went. */
export function ConnectionDetail({ connectionId }: { connectionId: string }) {
  const answer = useQuery(
    api.connection.queryOptions({ input: { connectionId }, refetchInterval: LOOKED_AT_EVERY_MS }),
  );
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={8} label="Loading the connection" />;
  const one = answer.data;
  return (
    <>
      <Reach one={one} />
      {one.looked && <ConnectionWords key={JSON.stringify(one.settings)} one={one} looked={one.looked} />}
      {one.looked && <ConnectionRehearsal one={one} />}
      {one.looked && <Switch one={one} />}
      <ConnectionTrouble one={one} />
      <ConnectionRuns one={one} />
    </>
  );
}

/** What a test found there, counted. */
const found = ({ deals, stages, statuses }: NonNullable<ConnectionAnswer["looked"]>) =>
  statuses ? count(deals, "registration") : `${thousands(deals)} deals, ${count(stages.length, "stage")}`;

function Reach({ one }: { one: ConnectionAnswer }) {
  const timeInWords = useTimeInWords();
  return (
    <Panel
      title={`1. ${one.name} is reached`}
      aside={
        <AskButton one={one} ask="test" because={one.may.keep}>
          Test
        </AskButton>
      }
    >
      <p aria-live="polite" className="text-pretty text-ink-2">
        {one.asked ? `${UNDER_WAY[one.asked]} ` : ""}
        {one.looked && one.lookedAt
          ? `Reached ${timeInWords(one.lookedAt)} as ${one.looked.as}: ${found(one.looked)}.`
          : "Nobody has reached it yet."}
      </p>
      {one.system === "prm" && (
        <p className="mt-1 text-pretty text-ink-2">
          It tells at{" "}
          <code className="break-all font-mono text-xs">
            {location.origin}/api/v1/heard/{one.id}
          </code>
          , each message signed by the Standard Webhooks scheme.
        </p>
      )}
      {one.problem && <p className="mt-1 break-words text-danger">{one.problem}</p>}
    </Panel>
  );
}

/** Whether it is read by itself, and whether finance takes what it brings as witnessed. */
function Switch({ one }: { one: ConnectionAnswer }) {
  const timeInWords = useTimeInWords();
  const edit = useWrite("editConnection", { said: () => (one.onSince ? "Switched off" : "Switched on") });
  const accept = useWrite("acceptConnection", {
    said: () => (one.acceptedOn ? "It witnesses no longer" : "What it brings is witnessed"),
  });
  const isOn = one.onSince !== null;
  return (
    <Panel
      title="4. Switched on"
      aside={
        <>
          <GuardedButton
            size="small"
            because={one.acceptedOn ? one.may.unaccept : one.may.accept}
            isPending={accept.isPending}
            onPress={() => accept.mutate({ connectionId: one.id, accept: one.acceptedOn === null })}
          >
            {one.acceptedOn ? "Withdraw as witness" : "Accept as witness"}
          </GuardedButton>
          <GuardedButton
            size="small"
            because={isOn ? one.may.keep : one.may.switchOn}
            isPending={edit.isPending}
            onPress={() => edit.mutate({ connectionId: one.id, changes: { on: !isOn } })}
          >
            {isOn ? "Switch off" : "Switch on"}
          </GuardedButton>
        </>
      }
    >
      <p className="text-pretty text-ink-2">
        {one.onSince
          ? `On since ${timeInWords(one.onSince)}; read every ${count(one.settings.everyMinutes, "minute")}.`
          : "Off: nothing is read."}{" "}
        {one.acceptedOn
          ? `${one.acceptedBy ?? "Finance"} accepted it as a witness on ${dayInWords(one.acceptedOn)}.`
          : "What it brings is one person's word until finance accepts it as a witness."}
      </p>
    </Panel>
  );
}
