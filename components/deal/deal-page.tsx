"use client";

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { Term } from "@/components/shared/term";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { say } from "@/components/ui/toasts";
import { api, type Outputs } from "@/lib/api/client";
import { AnsweredCorrections, WaitingCorrection } from "./correction-panel";
import { DealHeader } from "./deal-header";
import { Decision } from "./decision";
import type { ActivityHappening } from "./edit-activity-dialog";
import { FactsProvider } from "./facts-in-sight";
import { JointSteps } from "./joint-steps";
import { RoleTable } from "./role-table";
import { Timeline } from "./timeline";
import { Verdict } from "./verdict";
import { WhyPanel } from "./why-panel";

const TagForm = onDemand(() => import("@/components/shared/tag-form").then((m) => m.TagForm));
const RaiseExceptionDialog = onDemand(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);
const JointStepDialog = onDemand(() => import("./joint-step-dialog").then((m) => m.JointStepDialog));
const Velocity = onDemand(() => import("./velocity").then((m) => m.Velocity));
const CloseDialog = onDemand(() => import("./close-dialog").then((m) => m.CloseDialog));
const CorrectionDialog = onDemand(() => import("./correction-dialog").then((m) => m.CorrectionDialog));

const NO_NAMES = {};

/** What counts on this deal, and why? The first answers came with the page. */
export function DealPage({
  dealId,
  first,
}: {
  dealId: string;
  first: { deal: Outputs["deal"]; why: Outputs["why"] };
}) {
  const deal = useQuery({ ...api.deal.queryOptions({ input: { dealId } }), initialData: first.deal });
  const why = useQuery({ ...api.why.queryOptions({ input: { dealId } }), initialData: first.why });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [editing, setEditing] = useState<ActivityHappening | null>(null);
  const whyPanel = useRef<HTMLDivElement>(null);
  const answer = deal.data;
  const tag = () => setOpened("tag");
  const raise = useRaising(() => setOpened("raise"));
  const plan = () => setOpened("step");
  useDealKeys(answer, { tag, raise, plan, whyPanel });

  if (deal.error) return <ErrorState error={deal.error} onRetry={() => deal.refetch()} />;
  return (
    <FactsProvider names={why.data?.names.facts ?? NO_NAMES}>
      <DealHeader
        answer={answer}
        onClose={setOpened}
        onRaise={raise}
        onCorrect={() => setOpened("correct")}
        onTag={tag}
      />
      <div className="grid flex-1 content-start gap-y-8 wide:grid-cols-[minmax(0,1fr)_23rem] wide:grid-rows-[auto_1fr] wide:gap-y-0">
        <div className="min-w-0 px-4 pt-4 sm:px-6 wide:pb-8">
          {why.data && <Verdict answer={answer} why={why.data} onTag={tag} onProve={setEditing} />}
          <WaitingCorrection answer={answer} />
          <Panel
            title="Role table"
            heading={<Term of="role_table" />}
            id="role-table"
            aside={<Decision answer={answer} onTag={tag} />}
          >
            <RoleTable answer={answer} />
          </Panel>
          <JointSteps answer={answer} onAdd={plan} />
          <Velocity dealId={dealId} />
        </div>
        <div
          ref={whyPanel}
          tabIndex={-1}
          className="min-w-0 border-line px-4 outline-none sm:px-6 wide:col-start-2 wide:row-span-2 wide:row-start-1 wide:border-l wide:px-5 wide:py-4"
        >
          <Panel title="Why" id="why">
            {why.data ? (
              <WhyPanel why={why.data} />
            ) : why.error ? (
              <ErrorState error={why.error} onRetry={() => why.refetch()} />
            ) : (
              <SkeletonRows rows={6} label="Loading the verdict" />
            )}
          </Panel>
        </div>
        <div className="min-w-0 px-4 pb-6 sm:px-6">
          <Panel title="Timeline" id="timeline">
            <Timeline answer={answer} editing={editing} onEdit={setEditing} />
          </Panel>
          <AnsweredCorrections answer={answer} />
        </div>
      </div>
      <Dialogs answer={answer} opened={opened} onTag={tag} onClose={() => setOpened(null)} />
    </FactsProvider>
  );
}

/** The one dialog that is open about the deal. */
type Opened = "tag" | "raise" | "step" | "correct" | "won" | "lost";

/** The keys of the page: what one may not do, they say. */
function useDealKeys(
  { may }: Outputs["deal"],
  {
    tag,
    raise,
    plan,
    whyPanel,
  }: { tag(): void; raise(): void; plan(): void; whyPanel: RefObject<HTMLElement | null> },
): void {
  useKeys({
    t: () => (may.tag === true ? tag() : say("You cannot tag this deal", { detail: `${may.tag}.` })),
    s: () =>
      may.addStep === true ? plan() : say("You cannot plan a step here", { detail: `${may.addStep}.` }),
    w: () => {
      whyPanel.current?.focus();
      whyPanel.current?.scrollIntoView({ block: "nearest" });
    },
    e: raise,
  });
}

/** Raises an exception, or says who cannot. */
function useRaising(raise: () => void): () => void {
  const me = useMe();
  return () =>
    mayEver(me, "exception.raise")
      ? raise()
      : say("You cannot raise an exception", { detail: "Auditors read everything and write nothing." });
}

function Dialogs({
  answer,
  opened,
  onTag,
  onClose,
}: {
  answer: Outputs["deal"];
  opened: Opened | null;
  onTag(): void;
  onClose(): void;
}) {
  const { id, account, owner, stage } = answer.deal;
  switch (opened) {
    case "tag":
      return (
        <Dialog title={answer.locked ? "Claim a partner late" : "Tag partner"} isOpen onClose={onClose}>
          {answer.locked && <p className="mb-3 text-pretty text-warn">{answer.locked}</p>}
          <TagForm deal={{ id, account, owner, stage, partners: partnersOf(answer) }} onDone={onClose} />
        </Dialog>
      );
    case "raise":
      return <RaiseExceptionDialog deal={{ id, account }} onClose={onClose} />;
    case "step":
      return <JointStepDialog answer={answer} onClose={onClose} />;
    case "correct":
      return <CorrectionDialog answer={answer} onClose={onClose} />;
    case "won":
    case "lost":
      return <CloseDialog answer={answer} as={opened} onTag={onTag} onClose={onClose} />;
    case null:
      return null;
  }
}

/** Who is on the deal already: with a role, or by registration or activity without one yet. */
function partnersOf(answer: Outputs["deal"]) {
  const withRole = answer.roles.map((row) => ({ id: row.partner.id, role: row.role }));
  const named = answer.timeline.flatMap((one) => ("partner" in one ? [one.partner.id] : []));
  const without = [...new Set(named)].filter((id) => !withRole.some((row) => row.id === id));
  return [...without.map((id) => ({ id, role: null })), ...withRole];
}
