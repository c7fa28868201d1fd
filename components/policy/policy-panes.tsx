"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useMe } from "@/components/shared/use-me";
import { TextField } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import type { policyDifference } from "@/lib/attribution/policy-difference";
import { BacktestPane } from "./backtest-pane";
import { DifferenceList } from "./difference-list";
import type { Pane } from "./policy-params";
import type { PolicyAnswer } from "./policy-words";
import { SettingsPane } from "./settings-pane";
import { SignaturesPane } from "./signatures-pane";
import { useTyped } from "./typed";
import type { DraftText } from "./use-policy-text";

type Changes = ReturnType<typeof policyDifference>;

/** Beside the memo: what it decides, what it changes, who signed, what it would have done. */
export function PolicyPanes({
  policy,
  draft,
  changes,
  pane,
  onPane,
  onPropose,
}: {
  policy: PolicyAnswer;
  draft: DraftText;
  changes: Changes;
  pane: Pane;
  onPane(pane: Pane): void;
  onPropose(): void;
}) {
  const kept = policy.backtests.length;
  const tab = (id: Pane, label: string, aside: ReactNode, panel: ReactNode) => ({
    id,
    label: (
      <>
        {label} {aside && <span className="tabular text-ink-3">{aside}</span>}
      </>
    ),
    panel,
  });
  return (
    <Tabs<Pane>
      label="Beside the memo"
      value={pane}
      onChange={onPane}
      tabs={[
        ...(policy.may.edit === true
          ? [tab("settings", "Settings", null, <Settings policy={policy} draft={draft} />)]
          : []),
        tab(
          "difference",
          "Difference",
          `${changes.length}`,
          <Difference policy={policy} changes={changes} />,
        ),
        tab(
          "signatures",
          "Signatures",
          `${policy.signatures} of 3`,
          <SignaturesPane policy={policy} onPropose={onPropose} />,
        ),
        tab(
          "backtest",
          "Backtest",
          kept > 0 && `${kept} kept`,
          <BacktestPane policy={policy} onSave={draft.flush} />,
        ),
      ]}
    />
  );
}

function Settings({ policy, draft }: { policy: PolicyAnswer; draft: DraftText }) {
  const me = useMe();
  const [blank, keepBlank] = useTyped("Title");
  return (
    <div className="flex flex-col gap-5">
      <TextField
        label="Title"
        maxLength={120}
        className="max-w-md"
        value={blank ?? draft.value.title}
        problem={blank === null ? null : "Not saved: a policy has a title"}
        onChange={(title) => {
          keepBlank(title.trim() ? null : title);
          if (title.trim()) draft.write({ ...draft.value, title });
        }}
      />
      <SettingsPane
        policy={draft.value.document}
        currency={me?.reportingCurrency ?? "USD"}
        first={policy.amendment.first}
        onChange={(document) => draft.write({ ...draft.value, document })}
      />
    </div>
  );
}

function Difference({ policy, changes }: { policy: PolicyAnswer; changes: Changes }) {
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
