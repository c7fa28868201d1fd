"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { WEBHOOK_EVENT_WORDS } from "@/lib/text/webhook-words";
import { count } from "@/lib/text/words";

type Webhooks = Outputs["webhooksList"];
type Endpoint = Webhooks["endpoints"][number];
type Message = Webhooks["messages"][number];

const EditWebhookDialog = onDemand(() => import("./edit-webhook-dialog").then((m) => m.EditWebhookDialog));
const AddWebhookDialog = onDemand(() => import("./add-webhook-dialog").then((m) => m.AddWebhookDialog));

const PAGE = 50;
const MOST = 500;

/** Which other systems are told of what, and what became of each message. */
export function WebhooksPanel() {
  const [limit, setLimit] = useState(PAGE);
  const [isAdding, setAdding] = useState(false);
  const answer = useQuery({
    ...api.webhooksList.queryOptions({ input: { limit } }),
    placeholderData: keepPreviousData,
  });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={3} label="Loading the webhooks" />;
  const { endpoints, messages, more, may } = answer.data;
  return (
    <>
      <Panel
        title="Webhooks"
        aside={
          <GuardedButton size="small" icon="plus" because={may.keep} onPress={() => setAdding(true)}>
            Add webhook
          </GuardedButton>
        }
      >
        {endpoints.length === 0 ? (
          <p className="text-pretty text-ink-2">
            None yet. Another system can be told when an outcome changes, a case is raised or decided, a
            quarter frozen: each message is signed (Standard Webhooks), and tried again for a day.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {endpoints.map((endpoint) => (
              <EndpointRow key={endpoint.id} endpoint={endpoint} mayKeep={may.keep} />
            ))}
          </ul>
        )}
      </Panel>
      {messages.length > 0 && (
        <Panel title="What other systems were told">
          <ul className="divide-y divide-line">
            {messages.map((message) => (
              <MessageRow key={message.id} message={message} mayKeep={may.keep} />
            ))}
          </ul>
          {more && limit < MOST && (
            <Button className="mt-3" onPress={() => setLimit(Math.min(MOST, limit + PAGE))}>
              Show older
            </Button>
          )}
        </Panel>
      )}
      {isAdding && <AddWebhookDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function EndpointRow({ endpoint, mayKeep }: { endpoint: Endpoint; mayKeep: true | string }) {
  const { id, name, address, events, pausedAt, waiting, failed } = endpoint;
  const timeInWords = useTimeInWords();
  const [isEditing, setEditing] = useState(false);
  const remove = useWrite("removeWebhook", { said: () => `${name} is told no more` });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="break-words font-medium">{name}</span>
          {failed > 0 && <Chip tone="danger">{count(failed, "message")} given up</Chip>}
          {pausedAt && <Chip tone="warn">Paused</Chip>}
          {waiting > 0 && (
            <Chip tone="dashed">
              {count(waiting, "message")} {pausedAt ? "kept" : "on the way"}
            </Chip>
          )}
        </p>
        <p className="break-all text-ink-2 text-xs">{address}</p>
        <p className="text-ink-3 text-xs">
          {events.join(", ")}
          {pausedAt && `; paused ${timeInWords(pausedAt)}, what happens waits`}
        </p>
      </div>
      <PauseButton endpoint={endpoint} mayKeep={mayKeep} />
      <GuardedButton
        size="small"
        look="quiet"
        because={mayKeep}
        aria-label={`Edit ${name}`}
        onPress={() => setEditing(true)}
      >
        Edit
      </GuardedButton>
      <GuardedButton
        size="small"
        look="quiet"
        because={mayKeep}
        aria-label={`Remove ${name}`}
        isPending={remove.isPending}
        onPress={() => remove.mutate({ endpointId: id })}
      >
        Remove
      </GuardedButton>
      {isEditing && <EditWebhookDialog endpoint={endpoint} onClose={() => setEditing(false)} />}
    </li>
  );
}

function PauseButton({ endpoint, mayKeep }: { endpoint: Endpoint; mayKeep: true | string }) {
  const { id, name, pausedAt } = endpoint;
  const pause = useWrite("editWebhook", {
    said: () => (pausedAt ? `${name} is told again` : `What ${name} is told waits`),
  });
  return (
    <GuardedButton
      size="small"
      look="quiet"
      because={mayKeep}
      aria-label={`${pausedAt ? "Resume" : "Pause"} ${name}`}
      isPending={pause.isPending}
      onPress={() => pause.mutate({ endpointId: id, changes: { paused: pausedAt === null } })}
    >
      {pausedAt ? "Resume" : "Pause"}
    </GuardedButton>
  );
}

const CHIPS = {
  waiting: { label: "On the way", tone: "dashed" },
  sent: { label: "Arrived", tone: "quiet" },
  failed: { label: "Given up", tone: "danger" },
} as const;

function MessageRow({ message, mayKeep }: { message: Message; mayKeep: true | string }) {
  const timeInWords = useTimeInWords();
  const again = useWrite("resendWebhook", { said: () => "It is sent again within seconds" });
  const { id, endpoint, event, state, attempts, problem, createdAt, dueAt, sentAt } = message;
  const isRetried = state === "waiting" && problem !== null;
  const chip = isRetried ? ({ label: "Tried again", tone: "warn" } as const) : CHIPS[state];
  const when = sentAt
    ? `arrived ${timeInWords(sentAt)}`
    : isRetried
      ? `next try ${timeInWords(dueAt)}`
      : null;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{WEBHOOK_EVENT_WORDS[event]}</span>
          <Chip tone={chip.tone}>{chip.label}</Chip>
        </p>
        <p className="tabular text-ink-3 text-xs">
          {[`To ${endpoint}`, `of ${timeInWords(createdAt)}`, when].filter(Boolean).join(", ")}
        </p>
        {problem && (
          <p className="break-words text-danger text-xs">
            {problem}
            {attempts > 1 && <span className="text-ink-3"> ({count(attempts, "try", "tries")})</span>}
          </p>
        )}
      </div>
      {(state !== "waiting" || isRetried) && (
        <GuardedButton
          size="small"
          look="quiet"
          because={mayKeep}
          aria-label={`Send again: ${WEBHOOK_EVENT_WORDS[event]}, to ${endpoint}`}
          isPending={again.isPending}
          onPress={() => again.mutate({ deliveryId: id })}
        >
          Send again
        </GuardedButton>
      )}
    </li>
  );
}
