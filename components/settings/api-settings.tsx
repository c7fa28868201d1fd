"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";

import { WebhooksPanel } from "./webhooks";

type Keys = Outputs["apiKeysList"];
type Key = Keys["keys"][number];

const AddKeyDialog = onDemand(() => import("./add-key-dialog").then((m) => m.AddKeyDialog));

/** How other programs come in: keys, each somebody's hand, and where the API is described. */
export function ApiSettings() {
  const answer = useQuery(api.apiKeysList.queryOptions({ input: {} }));
  const [isAdding, setAdding] = useState(false);
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={4} label="Loading the keys" />;
  const { all, keys, may } = answer.data;
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <Panel
        title={all ? "Keys" : "Your keys"}
        aside={
          <GuardedButton size="small" icon="plus" because={may.makeOwn} onPress={() => setAdding(true)}>
            Make a key
          </GuardedButton>
        }
      >
        {keys.length === 0 ? (
          <EmptyState icon="lock" title="No keys yet">
            A key lets a program of yours read, or write what you may write: as your own hand, within what the
            key is for. It is shown once, ends by itself, and can be revoked here.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {keys.map((key) => (
              <KeyRow key={key.id} of={key} withOwner={all} />
            ))}
          </ul>
        )}
      </Panel>
      {all && <WebhooksPanel />}
      <Panel title="How to ask">
        <p className="text-pretty text-ink-2">
          Send <code className="font-mono text-xs">Authorization: Bearer csk_…</code> to{" "}
          <code className="font-mono text-xs">/api/v1</code>. Every address, what it takes and what it answers
          stands in the{" "}
          <a
            href="/api/v1/reference"
            className="text-accent-ink underline underline-offset-2"
            target="_blank"
            rel="noreferrer"
          >
            reference
          </a>
          , whose OpenAPI document is <code className="font-mono text-xs">/api/v1/openapi.json</code>. A model
          asks by tools at <code className="font-mono text-xs">/api/mcp</code> (MCP over streamable HTTP),
          which only read.
        </p>
      </Panel>
      {isAdding && (
        <AddKeyDialog mayMakeService={may.makeService === true} onClose={() => setAdding(false)} />
      )}
    </div>
  );
}

function stateOf({ revokedAt, expired }: Key) {
  if (revokedAt) return <Chip tone="plain">Revoked</Chip>;
  return expired ? <Chip tone="warn">Over</Chip> : null;
}

function KeyRow({ of: key, withOwner }: { of: Key; withOwner: boolean }) {
  const timeInWords = useTimeInWords();
  const revoke = useWrite("revokeApiKey", { said: () => `${key.name} opens nothing any more` });
  const { id, name, hint, owner, role, scopes, expiresAt, usedAt, revokedAt } = key;
  const whose = owner ? `${owner.name}’s hand` : `a service, as ${USER_ROLE_NAMES[role]}`;
  const ends = revokedAt ? `revoked ${timeInWords(revokedAt)}` : `until ${timeInWords(expiresAt)}`;
  const used = usedAt ? `last used ${timeInWords(usedAt)}` : "never used";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="break-words font-medium">{name}</span>
          <code className="font-mono text-ink-3 text-xs">{hint}…</code>
          {stateOf(key)}
        </p>
        <p className="break-words text-ink-2 text-xs">{scopes.join(", ")}</p>
        <p className="tabular text-ink-3 text-xs">
          {[withOwner || !owner ? whose : null, ends, used].filter(Boolean).join(", ")}
        </p>
      </div>
      {!revokedAt && (
        <GuardedButton
          size="small"
          look="quiet"
          because={key.may.revoke}
          aria-label={`Revoke ${name}`}
          isPending={revoke.isPending}
          onPress={() => revoke.mutate({ keyId: id })}
        >
          Revoke
        </GuardedButton>
      )}
    </li>
  );
}
