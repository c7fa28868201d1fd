"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { classNames } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/dialog";
import { ErrorState, ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { api } from "@/lib/api/client";
import { memoOf } from "@/lib/attribution/memo";
import { whyNotOnePage } from "@/lib/attribution/memo-page";
import { policyDifference } from "@/lib/attribution/policy-difference";
import { capital } from "@/lib/text/words";
import { Conflict } from "./conflict";
import { MemoSheet } from "./memo-sheet";
import { memoState } from "./memo-state";
import { PolicyHead } from "./policy-head";
import { PolicyPanes } from "./policy-panes";
import { type Pane, POLICY_PARAMS } from "./policy-params";
import type { PolicyAnswer } from "./policy-words";
import { TypedSettings, useInvalidCount } from "./typed";
import { type DraftText, type PolicyText, usePolicyText } from "./use-policy-text";

const ProposeDialog = onDemand(() => import("./propose-dialog").then((m) => m.ProposeDialog));

const StartDraftDialog = onDemand(() => import("./start-draft-dialog").then((m) => m.StartDraftDialog));

/** One policy: its memo, and beside it what it decides, what it changes, who signed, what it would have done. */
export function PolicyPage({ policyId, first }: { policyId: string; first: PolicyAnswer }) {
  const answer = useQuery({ ...api.policy.queryOptions({ input: { policyId } }), initialData: first });
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  return (
    <TypedSettings>
      <PolicyView policy={answer.data} />
    </TypedSettings>
  );
}

/** What is open over the page. */
type Opened = "propose" | "discard" | "start";

function PolicyView({ policy }: { policy: PolicyAnswer }) {
  const [{ pane: asked }, setParams] = useQueryStates(POLICY_PARAMS, { history: "replace" });
  const [opened, setOpened] = useState<Opened | null>(null);
  const draft = usePolicyText(policy);
  const mayEdit = policy.may.edit === true;
  const invalid = useInvalidCount();
  const { title, document } = draft.value;
  const changes = policyDifference(policy.against.document, document);
  const pane: Pane = asked && (asked !== "settings" || mayEdit) ? asked : mayEdit ? "settings" : "signatures";
  // What binds reads clean; what is to be read against it is marked.
  const marks = pane === "difference" || policy.state === "draft" || policy.state === "proposed";
  const propose = async () => {
    if (invalid === 0 && (await draft.flush())) setOpened("propose");
  };

  return (
    <div data-print="policy" className="flex min-h-full flex-col wide:h-full">
      <PolicyHead
        policy={policy}
        title={title}
        saving={mayEdit ? draft.state : null}
        invalid={invalid}
        onStart={() => setOpened("start")}
        onDiscard={() => setOpened("discard")}
        onPropose={propose}
      />
      <div
        data-print-memo
        className="flex flex-col border-line border-t wide:grid wide:min-h-0 wide:flex-1 wide:grid-cols-[minmax(0,1fr)_minmax(0,1.08fr)]"
      >
        <div
          className={classNames(
            "min-w-0 px-4 pt-2 pb-10 sm:px-6 wide:order-none wide:overflow-y-auto wide:border-line wide:border-r",
            policy.state !== "draft" && "max-wide:order-2",
          )}
        >
          <Conflict policy={policy} draft={draft} />
          <NotSaved draft={draft} />
          {policy.state === "draft" && <TooLong document={document} />}
          <PolicyPanes
            {...{ policy, draft, changes, pane }}
            onPane={(next) => setParams({ pane: next })}
            onPropose={propose}
          />
        </div>
        <div data-print-memo className="min-w-0 bg-sunken px-3 py-5 sm:px-6 wide:overflow-y-auto">
          <MemoSheet
            memo={memoOf(document)}
            hash={draft.state === "saved" ? (policy.hash ?? policy.draftHash) : null}
            state={memoState(policy)}
            signatures={policy.seats}
            changed={marks ? new Set(changes.map(({ clause }) => clause)) : undefined}
          />
        </div>
      </div>
      <Dialogs
        policy={policy}
        opened={opened}
        onProposed={() => setParams({ pane: "signatures" })}
        onClose={() => setOpened(null)}
      />
    </div>
  );
}

/** Said while it is edited, in the words with which it could not be proposed. */
function TooLong({ document }: { document: PolicyText["document"] }) {
  const why = whyNotOnePage(document);
  return (
    why && (
      <p role="status" className="mb-3 flex gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
        <Icon name="alert" className="mt-0.5" />
        <span>{capital(why.rule)}. Until then it cannot be proposed.</span>
      </p>
    )
  );
}

function NotSaved({ draft }: { draft: DraftText }) {
  return (
    draft.state === "failed" && (
      <div className="mb-3">
        <ProblemLine error={draft.error} />
      </div>
    )
  );
}

function Dialogs({
  policy,
  opened,
  onProposed,
  onClose,
}: {
  policy: PolicyAnswer;
  opened: Opened | null;
  onProposed(): void;
  onClose(): void;
}) {
  const router = useRouter();
  const discard = useWrite("discardDraft", {
    said: () => "Draft discarded",
    onDone: () => router.push("/policy"),
  });
  return (
    <>
      {opened === "propose" && (
        <ProposeDialog
          policy={policy}
          onProposed={() => {
            onClose();
            onProposed();
          }}
          onClose={onClose}
        />
      )}
      {opened === "start" && (
        <StartDraftDialog
          sources={[{ id: policy.id, title: policy.title, detail: "Begins with exactly this text." }]}
          onClose={onClose}
        />
      )}
      <ConfirmDialog
        title="Discard this draft?"
        confirm="Discard"
        danger
        isOpen={opened === "discard"}
        isPending={discard.isPending}
        onConfirm={() => discard.mutate({ policyId: policy.id })}
        onClose={onClose}
      >
        Its text and the backtests kept beside it go. Only the audit log remembers it.
      </ConfirmDialog>
    </>
  );
}
