"use client";

import type { ReactNode } from "react";
import { PartnerName } from "@/components/shared/names";
import { Proof } from "@/components/shared/proof";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { DayText } from "@/components/ui/day";
import { Explained } from "@/components/ui/explained";
import { Icon, type IconName } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { onDemand } from "@/components/ui/on-demand";
import type { Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import {
  DEAL_OUTCOME_LABELS,
  INVOLVEMENT_WORDS,
  OUTCOME_WORDS,
  REGISTRATION_STATUS_LABELS,
  ROLE_WORDS,
  STAGE_WORDS,
} from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { ChangedThere } from "./changed-there";
import type { ActivityHappening } from "./edit-activity-dialog";
import { FactEvidence, secondOfRegistration, secondOfRow } from "./fact-evidence";
import { factElement, useFacts } from "./facts-in-sight";
import { DecideRegistration, RegisteredBy, Vouch } from "./second-hand";

const EditActivityDialog = onDemand(() => import("./edit-activity-dialog").then((m) => m.EditActivityDialog));

type Answer = Outputs["deal"];
type Happening = Answer["timeline"][number];

const ICONS: Readonly<Record<Happening["kind"], IconName>> = {
  stage: "chevronRight",
  activity: "activity",
  registration: "stamp",
  role: "tag",
  ruling: "info",
  closed: "lock",
  changed: "edit",
};

/** Everything that happened, newest first: stages, activities, registrations, role rows. */
export function Timeline({
  answer,
  editing,
  onEdit: setEditing,
}: {
  answer: Answer;
  /** The activity that is being corrected, which a verdict may ask for, too. */
  editing: ActivityHappening | null;
  onEdit(activity: ActivityHappening | null): void;
}) {
  const withdraw = useWrite("withdrawActivity", {
    undo: true,
    said: () => "Activity withdrawn",
    shows: ({ activityId }, show) =>
      show("deal", (now) => ({ ...now, timeline: now.timeline.filter(({ id }) => id !== activityId) })),
  });
  if (answer.timeline.length === 0)
    return (
      <p className="py-3 text-ink-2">
        Nothing happened yet. Stages, activities and registrations appear here as they are recorded.
      </p>
    );
  return (
    <>
      <ol className="flex flex-col">
        {answer.timeline.map((one) => (
          <Entry key={`${one.kind}:${one.id}`} one={one}>
            <What one={one} answer={answer} />
            {one.kind === "registration" && one.status === "pending" && <DecideRegistration one={one} />}
            {one.kind === "activity" && one.may.vouch === true && <Vouch one={one} />}
            {one.kind === "activity" && one.may.edit === true && (
              <ChangeActivity
                one={one}
                onEdit={() => setEditing(one)}
                onWithdraw={() => withdraw.mutate({ activityId: one.id })}
              />
            )}
          </Entry>
        ))}
      </ol>
      {editing && (
        <EditActivityDialog
          key={editing.id}
          activity={editing}
          dealId={answer.deal.id}
          now={answer.timeline.find(isThe(editing)) ?? null}
          version={answer.deal.version}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function ChangeActivity({
  one,
  onEdit,
  onWithdraw,
}: {
  one: ActivityHappening;
  onEdit(): void;
  onWithdraw(): void;
}) {
  const label = `Change ${activityLabel(one.type)}, ${dayInWords(one.on)}`;
  return (
    <span className="flex items-center gap-1">
      {one.proof === null && (
        <Button size="small" icon="link" onPress={onEdit}>
          Add proof
        </Button>
      )}
      <Menu
        label={label}
        button={<IconButton label={label} icon="more" size="small" />}
        choices={[
          { id: "edit", label: "Edit activity", onChoose: onEdit },
          { id: "withdraw", label: "Withdraw activity", because: one.may.withdraw, onChoose: onWithdraw },
        ]}
      />
    </span>
  );
}

const isThe =
  ({ id }: ActivityHappening) =>
  (one: Happening): one is ActivityHappening =>
    one.kind === "activity" && one.id === id;

function Entry({ one, children }: { one: Happening; children: ReactNode }) {
  const { cited } = useFacts();
  const quiet = one.kind === "stage" || one.kind === "closed" || one.kind === "changed";
  return (
    <li
      id={factElement(one.id)}
      tabIndex={-1}
      className={classNames(
        "relative flex gap-3 rounded-md py-1.5 pr-1 pl-1 outline-none",
        "before:absolute before:top-0 before:bottom-0 before:left-[0.9rem] before:w-px before:bg-line first:before:top-3 last:before:bottom-auto last:before:h-3",
        cited === one.id && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <span
        className={classNames(
          "relative z-10 mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full bg-canvas",
          quiet ? "text-ink-3" : "border border-line-strong text-ink-2",
        )}
      >
        <Icon name={ICONS[one.kind]} className="size-3" />
      </span>
      <DayText day={one.on} className="w-22 shrink-0 pt-0.5 text-ink-3 text-xs" />
      <span className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-3 gap-y-1">
        {children}
      </span>
    </li>
  );
}

function What({ one, answer }: { one: Happening; answer: Answer }) {
  const { closedOn } = answer.deal;
  switch (one.kind) {
    case "stage":
      return (
        <span className="text-ink-2">
          Entered stage {one.stage}, {STAGE_WORDS[one.stage].label}
        </span>
      );
    case "closed":
      return <span className="font-medium">{DEAL_OUTCOME_LABELS[one.state]}</span>;
    case "changed":
      return <ChangedThere one={one} currency={answer.deal.currency} />;
    case "registration":
      return (
        <span>
          <PartnerName partner={one.partner} className="font-medium" />{" "}
          <span className="text-ink-2">registered the deal</span>{" "}
          <Chip tone={one.status === "approved" ? "accent" : one.status === "pending" ? "warn" : "quiet"}>
            {REGISTRATION_STATUS_LABELS[one.status]}
          </Chip>
          <RegisteredBy one={one} />
          <FactEvidence {...one} second={secondOfRegistration(one)} />
        </span>
      );
    case "role":
      return (
        <span>
          <PartnerName partner={one.partner} className="font-medium" />{" "}
          <span className="text-ink-2">
            touched the deal as {ROLE_WORDS[one.role].label.toLowerCase()} at stage {one.touchStage}
          </span>{" "}
          {!one.confirmedOn && <Chip tone="dashed">Not confirmed</Chip>}
          <Late recordedOn={one.recordedOn} closedOn={closedOn} />
          {answer.roles
            .filter(({ id }) => id === one.id)
            .map((row) => (
              <FactEvidence key={row.id} {...row} second={secondOfRow(row)} />
            ))}
        </span>
      );
    case "ruling":
      return (
        <span>
          <span className="font-medium">Ruling:</span>{" "}
          <span className="text-ink-2">
            {one.partner.name} is {OUTCOME_WORDS[one.outcome].label.toLowerCase()}
          </span>
        </span>
      );
    case "activity":
      return <Acted one={one} closedOn={closedOn} />;
  }
}

const loggedBy = ({ owner, toldBy }: ActivityHappening) =>
  toldBy ? `told by ${toldBy} by the statement that ${owner} shared` : `logged by ${owner}`;

/** What a partner did, its proof, and who stands behind it. */
function Acted({ one, closedOn }: { one: ActivityHappening; closedOn: string | null }) {
  return (
    <span className="min-w-0">
      <span className="font-medium">{activityLabel(one.type)}</span>{" "}
      <span className="text-ink-2">
        with <PartnerName partner={one.partner} className="font-medium text-ink" /> · stage {one.stage} ·{" "}
        {INVOLVEMENT_WORDS[one.involvement].label.toLowerCase()}
        {one.owner && ` · ${loggedBy(one)}`}
      </span>
      <span className="mt-0.5 flex flex-wrap items-center gap-2">
        <Proof proof={one.proof} />
        <Late recordedOn={one.recordedOn} closedOn={closedOn} />
        <FactEvidence
          {...one}
          recordedBy={one.owner}
          second={one.vouched && { ...one.vouched, did: "vouched for" }}
        />
        {one.vouched && (
          <span className="text-ink-2 text-xs">
            Vouched for by {one.vouched.by}, {dayInWords(one.vouched.on)}
          </span>
        )}
      </span>
    </span>
  );
}

function Late({ recordedOn, closedOn }: { recordedOn: string; closedOn: string | null }) {
  if (!closedOn || recordedOn <= closedOn) return null;
  return (
    <Explained text="Recorded after the close: it earns no credit and goes to the exceptions log">
      <Chip tone="warn">Recorded {dayInWords(recordedOn)}, after the close</Chip>
    </Explained>
  );
}
