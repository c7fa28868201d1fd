"use client";

import { useState } from "react";
import { useDayOf } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Tooltip } from "@/components/ui/tooltip";
import { dayInWords } from "@/lib/text/days";
import { list } from "@/lib/text/words";
import { AmendmentClock } from "./amendment-clock";
import { FrozenText } from "./frozen-text";
import { JudgingProgress } from "./judging-progress";
import { WishForm } from "./learnings";
import { type PolicyAnswer, STANDING_WORDS } from "./policy-words";

const SignDialog = onDemand(() => import("./sign-dialog").then((m) => m.SignDialog));

const ReasonDialog = onDemand(() => import("./reason-dialog").then((m) => m.ReasonDialog));

type Seat = PolicyAnswer["seats"][number];

/** Three seats over one hash: who has signed, who may, and what became of the proposal. */
export function SignaturesPane({ policy, onPropose }: { policy: PolicyAnswer; onPropose(): void }) {
  const [signing, setSigning] = useState<Seat | null>(null);
  const [ending, setEnding] = useState<"declinePolicy" | "withdrawPolicy" | null>(null);
  const { state, may } = policy;
  const waits = state === "proposed";
  const judges = state === "in_force" || state === "former";
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Three seats">
        <Story policy={policy} />
        <ul className="mt-2 divide-y divide-line border-line border-y">
          {policy.seats.map((seat) => (
            <SeatRow key={seat.seat} seat={seat} state={state} onSign={() => setSigning(seat)} />
          ))}
        </ul>
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

function SeatRow({ seat, state, onSign }: { seat: Seat; state: PolicyAnswer["state"]; onSign(): void }) {
  const dayOf = useDayOf();
  const { name, holders, signature, maySign } = seat;
  const waits = state === "proposed";
  // Of what has ended nobody is asked any more.
  const ended = state === "declined" || state === "withdrawn";
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <span
        className={
          signature
            ? "flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent"
            : "flex size-8 shrink-0 items-center justify-center rounded-full border border-line-control border-dashed text-ink-3"
        }
      >
        <Icon name={signature ? "stamp" : "edit"} className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-ink-2 text-xs">
          {signature ? (
            <>
              {signature.name}, {dayInWords(dayOf(signature.at))}, over{" "}
              <Tooltip text={signature.hash}>
                <span className="tabular">{signature.hash.slice(0, 12)}</span>
              </Tooltip>
            </>
          ) : ended ? (
            "Not signed"
          ) : holders.length > 0 ? (
            `${list(holders, "or")} ${waits ? "has not signed" : "signs here"}`
          ) : (
            "Nobody holds this role: an admin gives it in Settings, People"
          )}
        </p>
      </div>
      {waits &&
        !signature &&
        (maySign === true ? (
          <Button look="primary" icon="stamp" onPress={onSign}>
            Sign
          </Button>
        ) : (
          <span className="max-w-44 text-right text-ink-3 text-xs">{maySign}</span>
        ))}
    </li>
  );
}
