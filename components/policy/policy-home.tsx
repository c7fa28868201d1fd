"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { policyAddress } from "@/components/shared/policy-address";
import { PolicyState } from "@/components/shared/policy-state";
import { useDayOf } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { memoOf } from "@/lib/attribution/memo";
import { PRESETS } from "@/lib/attribution/policy";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { AmendmentClock } from "./amendment-clock";
import { JudgingProgress } from "./judging-progress";
import { Learnings } from "./learnings";
import { MemoSheet } from "./memo-sheet";
import { memoState } from "./memo-state";
import type { PolicyAnswer, PolicyLine } from "./policy-words";
import { StandingChip } from "./standing-chip";

const StartDraftDialog = onDemand(() => import("./start-draft-dialog").then((m) => m.StartDraftDialog));

type List = Outputs["policiesList"];

const GROUPS: readonly { title: string; states: readonly PolicyLine["state"][] }[] = [
  { title: "In force", states: ["in_force"] },
  { title: "Signed, not yet in force", states: ["signed"] },
  { title: "Waiting for signatures", states: ["proposed"] },
  { title: "Drafts", states: ["draft"] },
  { title: "History", states: ["former", "declined", "withdrawn"] },
];

/** What did we agree, and what is on its way: every policy, with the memo in force beside them. */
export function PolicyHome({ first, inForce }: { first: List; inForce: PolicyAnswer | null }) {
  const answer = useQuery({ ...api.policiesList.queryOptions({ input: {} }), initialData: first });
  const [starting, setStarting] = useState(false);
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  const { policies, inForce: state, amendment, mayDraft } = answer.data;
  const likely = policies.filter(({ state: standing }) => standing === "in_force" || standing === "signed");
  const current = policies.find(({ state: standing }) => standing === "in_force");

  return (
    <div data-print="policy" className="flex min-h-full flex-col wide:h-full">
      <PageHeader
        title="Policy"
        beside={<PolicyState policy={state} />}
        lead="What we agreed, who signed it, and what is on its way."
        actions={
          <GuardedButton look="primary" icon="plus" because={mayDraft} onPress={() => setStarting(true)}>
            Start a draft
          </GuardedButton>
        }
      />
      <div
        data-print-memo
        className="flex flex-col border-line border-t wide:grid wide:min-h-0 wide:flex-1 wide:grid-cols-[minmax(0,1fr)_minmax(0,1.35fr)]"
      >
        <div className="flex min-w-0 flex-col gap-6 px-4 pt-4 pb-10 sm:px-6 wide:overflow-y-auto wide:border-line wide:border-r">
          <Policies policies={policies} />
          {current && <JudgingProgress policyId={current.id} />}
          <Panel title="Amendments">
            <AmendmentClock amendment={amendment} />
          </Panel>
          <Panel title="Learnings for the next one">
            <Learnings />
          </Panel>
        </div>
        <div data-print-memo className="min-w-0 bg-sunken px-3 py-5 sm:px-6 wide:overflow-y-auto">
          <Memo inForce={inForce} preset={state} />
        </div>
      </div>
      {starting && (
        <StartDraftDialog
          sources={likely.map(({ id, title, state: standing }) => ({
            id,
            title: `${title}, ${standing === "in_force" ? "in force" : "signed"}`,
            detail: "An amendment: begins with the text that three people signed.",
          }))}
          onClose={() => setStarting(false)}
        />
      )}
    </div>
  );
}

/** Every policy, by where it stands. */
function Policies({ policies }: Pick<List, "policies">) {
  if (policies.length === 0)
    return (
      <p className="text-pretty text-ink-2">
        Nobody has signed anything yet. Deals are judged by the preset on the right, and every number says
        that it is a draft. Start a draft, see what it would have done, and ask three people to sign it.
      </p>
    );
  return GROUPS.map(({ title, states }) => {
    const lines = policies.filter(({ state }) => states.includes(state));
    if (lines.length === 0) return null;
    return (
      <Panel key={title} title={title}>
        <ul className="-mt-2.5 divide-y divide-line">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ul>
      </Panel>
    );
  });
}

/** The memo that judges deals today: what three people signed, else a preset. */
function Memo({ inForce, preset }: { inForce: PolicyAnswer | null; preset: List["inForce"] }) {
  return inForce ? (
    <MemoSheet
      memo={memoOf(inForce.document)}
      hash={inForce.hash}
      state={memoState(inForce)}
      signatures={inForce.seats}
    />
  ) : (
    <MemoSheet
      memo={memoOf(PRESETS[preset.model])}
      hash={preset.hash}
      state="Preset, binds nobody"
      signatures={[]}
    />
  );
}

function Line({ line }: { line: PolicyLine }) {
  const dayOf = useDayOf();
  const { id, title, model, activeFrom, activeUntil, drafted, demo, state } = line;
  const binds = state === "in_force" || state === "former" || state === "signed";
  return (
    <li>
      <Link
        href={policyAddress(id)}
        className="-mx-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-md px-2 py-2.5 hover:bg-hover"
      >
        <span className="min-w-0">
          <span className="font-medium">{title}</span> {demo && <DemoMarker />}
          <span className="block text-ink-2 text-xs">
            {MODEL_WORDS[model].label}
            {activeFrom &&
              (binds
                ? ` · from ${dayInWords(activeFrom)}${activeUntil ? ` to ${dayInWords(activeUntil)}` : ""}`
                : ` · proposed from ${dayInWords(activeFrom)}`)}
            {` · drafted by ${drafted.name ?? "somebody"}, ${dayInWords(dayOf(drafted.at))}`}
          </span>
        </span>
        <StandingChip policy={line} />
      </Link>
    </li>
  );
}
