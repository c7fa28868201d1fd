"use client";

import { useState } from "react";
import { CertificateLink } from "@/components/shared/signing/certificate-link";
import { FrozenText } from "@/components/shared/signing/frozen-text";
import { type Seat, SeatList } from "@/components/shared/signing/seat-list";
import { mayEver, useDayOf, useMe } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { dayInWords } from "@/lib/text/days";
import { AmendmentClock } from "./amendment-clock";
import { JudgingProgress } from "./judging-progress";
import { WishForm } from "./learnings";
import { type PolicyAnswer, STANDING_WORDS } from "./policy-words";

const SignDialog = onDemand(() => import("./sign-dialog").then((m) => m.SignDialog));

const ReasonDialog = onDemand(() => import("./reason-dialog").then((m) => m.ReasonDialog));

/** Three seats over one hash: who has signed, who may, and what became of the proposal. */
export function SignaturesPane({ policy, onPropose }: { policy: PolicyAnswer; onPropose(): void }) {
  const [signing, setSigning] = useState<Seat | null>(null);
  const [ending, setEnding] = useState<"declinePolicy" | "withdrawPolicy" | null>(null);
  const me = useMe();
  const { state, may } = policy;
  const waits = state === "proposed";
  const judges = state === "in_force" || state === "former";
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Three seats">
        <Story policy={policy} />
        <SeatList
          seats={policy.seats}
          waits={waits}
          ended={state === "declined" || state === "withdrawn"}
          onSign={setSigning}
        />
        {policy.signatures > 0 && mayEver(me, "audit.read") && (
          <CertificateLink href={`/api/policy/${encodeURIComponent(policy.id)}/certificate.pdf`} />
        )}
        {state === "draft" && (
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <GuardedButton look="primary" because={may.propose} onPress={onPropose}>
              Propose for signature
            </GuardedButton>
            <span className="text-ink-3 text-xs">Freezes the text and asks the three seats.</span>
          </div>
        )}
        {waits && (may.decline === true || may.withdraw === true) && (
          <div className="mt-3 flex flex-wrap gap-2">
            {may.decline === true && <Button onPress={() => setEnding("declinePolicy")}>Decline…</Button>}
            {may.withdraw === true && <Button onPress={() => setEnding("withdrawPolicy")}>Withdraw…</Button>}
          </div>
        )}
      </Panel>

      {judges && <JudgingProgress policyId={policy.id} />}
      {state === "signed" && policy.activeFrom && (
        <Panel title={`Judges from ${dayInWords(policy.activeFrom)}`}>
          <p className="text-pretty text-ink-2">
            It judges nothing before: until then every deal is judged as it was, under {policy.against.title}.
          </p>
        </Panel>
      )}

      <Panel title={state === "draft" ? "What would be signed" : "What is signed"}>
        <FrozenText canonical={policy.canonical} hash={policy.hash ?? policy.draftHash} />
      </Panel>

      <Panel title="Amendments">
        <div className="flex flex-col gap-3">
          <AmendmentClock amendment={policy.amendment} />
          {policy.amendment.waitsFor && <WishForm />}
        </div>
      </Panel>

      {signing && <SignDialog policy={policy} seat={signing} onClose={() => setSigning(null)} />}
      {ending && <ReasonDialog verb={ending} policyId={policy.id} onClose={() => setEnding(null)} />}
    </div>
  );
}

/** What happened to it so far, in a sentence or two. */
function Story({ policy }: { policy: PolicyAnswer }) {
  const dayOf = useDayOf();
  const { state, drafted, proposed, declined, withdrawn, activeFrom, activeUntil } = policy;
  const by = (who: { name: string | null; at: string }) =>
    `${who.name ?? "Somebody"} on ${dayInWords(dayOf(who.at))}`;
  return (
    <div className="text-pretty text-ink-2">
      <p>
        Drafted by {by(drafted)}
        {proposed ? `, proposed by ${by(proposed)}` : ""}
        {activeFrom && state === "proposed" ? `, to be active from ${dayInWords(activeFrom)}` : ""}
        {activeFrom && (state === "in_force" || state === "signed" || state === "former")
          ? `; active from ${dayInWords(activeFrom)}${activeUntil ? ` to ${dayInWords(activeUntil)}` : ""}`
          : ""}
        . {STANDING_WORDS[state].definition}
      </p>
      {declined && (
        <p className="mt-1.5 border-danger border-l-2 pl-2.5 text-ink">
          Declined by {by(declined)}: “{declined.reason}”
        </p>
      )}
      {withdrawn && (
        <p className="mt-1.5 border-line-control border-l-2 pl-2.5 text-ink">
          Withdrawn by {by(withdrawn)}: “{withdrawn.reason}”
        </p>
      )}
    </div>
  );
}
