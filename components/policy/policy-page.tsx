"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { classNames } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/dialog";
import { ErrorState, ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Menu } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { api } from "@/lib/api/client";
import { memoOf } from "@/lib/attribution/memo";
import { policyDifference } from "@/lib/attribution/policy-difference";
import { BacktestPane } from "./backtest-pane";
import { Conflict } from "./conflict";
import { DifferenceList } from "./difference-list";
import { MemoSheet } from "./memo-sheet";
import { memoState } from "./memo-state";
import { type Pane, POLICY_PARAMS } from "./policy-params";
import { type PolicyAnswer, STANDING_WORDS } from "./policy-words";
import { ProposeDialog } from "./propose-dialog";
import { SettingsPane } from "./settings-pane";
import { SignaturesPane } from "./signatures-pane";
import { StandingChip } from "./standing-chip";
import { StartDraftDialog } from "./start-draft-dialog";
import { type Saving, useDraft } from "./use-draft";

/** One policy: its memo, and beside it what it decides, what it changes, who signed, what it would have done. */
export function PolicyPage({ policyId, first }: { policyId: string; first: PolicyAnswer }) {
  const answer = useQuery({ ...api.policy.queryOptions({ input: { policyId } }), initialData: first });
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  return <PolicyView policy={answer.data} />;
}

function PolicyView({ policy }: { policy: PolicyAnswer }) {
  const me = useMe();
  const router = useRouter();
  const [{ pane: asked }, setParams] = useQueryStates(POLICY_PARAMS, { history: "replace" });
  const [dialog, setDialog] = useState<"propose" | "discard" | "start" | null>(null);
  const draft = useDraft(policy);
  const mayEdit = policy.may.edit === true;
  const { title, document } = draft.text;
  const changes = policyDifference(policy.against.document, document);
  const pane: Pane = asked && (asked !== "settings" || mayEdit) ? asked : mayEdit ? "settings" : "signatures";
  // What binds reads clean; what is to be read against it is marked.
  const marks = pane === "difference" || policy.state === "draft" || policy.state === "proposed";
  const unsaved = draft.saving !== "saved";

  const discard = useWrite("discardDraft", {
    said: () => "Draft discarded",
    onDone: () => router.push("/policy"),
  });
  const propose = async () => {
    if (await draft.save()) setDialog("propose");
  };

  return (
    <div data-print="policy" className="flex min-h-full flex-col wide:h-full">
      <PageHeader
        title={title}
        beside={
          <>
            <StandingChip policy={policy} />
            {policy.demo && <DemoMarker />}
            {mayEdit && <SavingLine saving={draft.saving} />}
          </>
        }
        lead={
          <>
            <Link href="/policy" className="underline decoration-line-control underline-offset-3">
              Policies
            </Link>{" "}
            <span className="text-ink-3">/</span> {STANDING_WORDS[policy.state].definition}
          </>
        }
        actions={
          <>
            <a
              className={buttonLook("plain")}
              href={`/api/policy/${encodeURIComponent(policy.id)}/memo.pdf`}
              target="_blank"
              rel="noreferrer"
            >
              PDF
            </a>
            <IconButton label="Print the memo" icon="export" look="plain" onPress={() => window.print()} />
            <Menu
              label="More"
              button={<IconButton label="More" icon="more" look="plain" />}
              choices={[
                {
                  id: "start",
                  label: "Start a draft from this text",
                  because:
                    policy.may.edit === true || me?.may["policy.draft"]
                      ? null
                      : "Only the head of partnerships drafts",
                  onChoose: () => setDialog("start"),
                },
                ...(policy.state === "draft"
                  ? [
                      {
                        id: "discard",
                        label: "Discard this draft",
                        because: policy.may.discard === true ? null : policy.may.discard,
                        onChoose: () => setDialog("discard"),
                      },
                    ]
                  : []),
              ]}
            />
            {policy.state === "draft" && (
              <GuardedButton
                look="primary"
                because={policy.may.propose === true ? null : policy.may.propose}
                onPress={propose}
              >
                Propose
              </GuardedButton>
            )}
          </>
        }
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
          {draft.theirs && (
            <Conflict
              mine={draft.text}
              theirs={draft.theirs}
              onKeepMine={draft.keepMine}
              onTakeTheirs={draft.takeTheirs}
            />
          )}
          {draft.saving === "failed" && (
            <div className="mb-3">
              <ProblemLine error={draft.error} />
            </div>
          )}
          <Tabs<Pane>
            label="Beside the memo"
            value={pane}
            onChange={(next) => setParams({ pane: next })}
            tabs={[
              ...(mayEdit
                ? [
                    {
                      id: "settings" as const,
                      label: "Settings",
                      panel: (
                        <div className="flex flex-col gap-5">
                          <TextField
                            label="Title"
                            maxLength={120}
                            className="max-w-md"
                            value={title}
                            onChange={(next) => next.trim() && draft.edit({ title: next })}
                          />
                          <SettingsPane
                            policy={document}
                            currency={me?.reportingCurrency ?? "USD"}
                            onChange={(next) => draft.edit({ document: next })}
                          />
                        </div>
                      ),
                    },
                  ]
                : []),
              {
                id: "difference" as const,
                label: (
                  <>
                    Difference <span className="tabular text-ink-3">{changes.length}</span>
                  </>
                ),
                panel: <Difference policy={policy} changes={changes} />,
              },
              {
                id: "signatures" as const,
                label: (
                  <>
                    Signatures <span className="tabular text-ink-3">{policy.signatures} of 3</span>
                  </>
                ),
                panel: <SignaturesPane policy={policy} onPropose={propose} />,
              },
              {
                id: "backtest" as const,
                label: (
                  <>
                    Backtest{" "}
                    {policy.backtests.length > 0 && (
                      <span className="tabular text-ink-3">{policy.backtests.length} kept</span>
                    )}
                  </>
                ),
                panel: <BacktestPane policy={policy} onSave={draft.save} />,
              },
            ]}
          />
        </div>
        <div data-print-memo className="min-w-0 bg-sunken px-3 py-5 sm:px-6 wide:overflow-y-auto">
          <MemoSheet
            memo={memoOf(document)}
            hash={unsaved ? null : (policy.hash ?? policy.draftHash)}
            state={memoState(policy)}
            signatures={policy.seats}
            changed={marks ? new Set(changes.map(({ clause }) => clause)) : undefined}
          />
        </div>
      </div>
      {dialog === "propose" && (
        <ProposeDialog
          policy={policy}
          onProposed={() => {
            setDialog(null);
            setParams({ pane: "signatures" });
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "start" && (
        <StartDraftDialog
          sources={[{ id: policy.id, title: policy.title, detail: "Begins with exactly this text." }]}
          onClose={() => setDialog(null)}
        />
      )}
      <ConfirmDialog
        title="Discard this draft?"
        confirm="Discard"
        danger
        isOpen={dialog === "discard"}
        isPending={discard.isPending}
        onConfirm={() => discard.mutate({ policyId: policy.id })}
        onClose={() => setDialog(null)}
      >
        Its text and the backtests kept beside it go. Only the audit log remembers it.
      </ConfirmDialog>
    </div>
  );
}

const SAVING_WORDS: Readonly<Record<Saving, string>> = {
  saved: "Saved",
  saving: "Saving…",
  failed: "Not saved",
  conflict: "Two versions",
};

function SavingLine({ saving }: { saving: Saving }) {
  const bad = saving === "failed" || saving === "conflict";
  return (
    <span role="status" className={bad ? "text-danger text-xs" : "text-ink-3 text-xs"}>
      {SAVING_WORDS[saving]}
    </span>
  );
}

function Difference({
  policy,
  changes,
}: {
  policy: PolicyAnswer;
  changes: ReturnType<typeof policyDifference>;
}) {
  const { against } = policy;
  return (
    <Panel title="What reads otherwise">
      <p className="text-pretty text-ink-2">
        {changes.length === 0 ? "Reads the same as " : "Held against "}
        {against.policyId ? (
          <Link
            href={`/policy/${encodeURIComponent(against.policyId)}`}
            className="underline underline-offset-2"
          >
            {against.title}
          </Link>
        ) : (
          against.title.toLowerCase()
        )}
        {changes.length === 0
          ? ", clause by clause."
          : ". What it says is crossed out, what this text says stands below."}
      </p>
      <DifferenceList changes={changes} before={against.title} after="This text" />
    </Panel>
  );
}
