"use client";

import { useState } from "react";
import { PartnerName } from "@/components/shared/names";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

import type { JointStep } from "./joint-step-dialog";

const JointStepDialog = onDemand(() => import("./joint-step-dialog").then((m) => m.JointStepDialog));

type Answer = Outputs["deal"];

/** What is done next with whom: the open steps, overdue first, and on asking those done. */
export function JointSteps({ answer, onAdd }: { answer: Answer; onAdd(): void }) {
  const { steps, may } = answer;
  const [showsDone, setShowsDone] = useState(false);
  const [editing, setEditing] = useState<JointStep | null>(null);
  const open = steps.filter(({ done }) => done === null);
  const done = steps.length - open.length;
  if (steps.length === 0 && may.addStep !== true) return null;
  return (
    <Panel
      title="Next joint steps"
      id="joint-steps"
      className="mt-6"
      aside={
        may.addStep === true && (
          <Button size="small" icon="plus" onPress={onAdd}>
            Plan a step
          </Button>
        )
      }
    >
      {open.length === 0 && (
        <p className="text-ink-2">
          {done > 0 ? "Nothing is open." : "Nothing is planned with a partner yet."}
        </p>
      )}
      <ul aria-label="Next joint steps" className="flex flex-col">
        {(showsDone ? steps : open).map((step) => (
          <Step key={step.id} step={step} onEdit={() => setEditing(step)} />
        ))}
      </ul>
      {done > 0 && (
        <Button
          size="small"
          look="quiet"
          className="mt-1 -ml-2"
          aria-expanded={showsDone}
          onPress={() => setShowsDone(!showsDone)}
        >
          {showsDone ? "Hide what is done" : `${count(done, "step")} done`}
        </Button>
      )}
      {editing && (
        <JointStepDialog key={editing.id} answer={answer} step={editing} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
}

function Step({ step, onEdit }: { step: JointStep; onEdit(): void }) {
  const { what, partner, owner, done, may } = step;
  const finish = useFinish(step);
  const withdraw = useWrite("withdrawJointStep", {
    undo: true,
    said: () => `“${what}” taken away`,
    shows: ({ stepId }, show) =>
      show("deal", (now) => ({ ...now, steps: now.steps.filter(({ id }) => id !== stepId) })),
  });
  const label = `Change the step “${what}”`;
  return (
    <li className="flex items-start gap-2.5 border-line border-b py-2 last:border-b-0">
      <Checkbox
        aria-label={`Done: ${what}`}
        isSelected={done !== null}
        isDisabled={may.keep !== true || finish.isPending}
        onChange={(on) => finish.mutate({ stepId: step.id, done: on })}
        className="mt-0.5 pointer-coarse:-my-2 pointer-coarse:py-3 pointer-coarse:pr-1"
      />
      <div className="min-w-0 flex-1">
        <p className={classNames("text-pretty", done && "text-ink-3 line-through")}>{what}</p>
        <p className="flex flex-wrap items-center gap-x-1.5 text-ink-2 text-xs">
          <span>
            with <PartnerName partner={partner} />
          </span>
          <span aria-hidden="true">·</span>
          <span>{owner ? owner.name : "nobody sees to it yet"}</span>
          <span aria-hidden="true">·</span>
          <When step={step} />
        </p>
      </div>
      {may.keep === true && (
        <Menu
          label={label}
          button={<IconButton label={label} icon="more" size="small" />}
          choices={[
            { id: "edit", label: "Edit step", because: may.edit, onChoose: onEdit },
            {
              id: "withdraw",
              label: "Take step away",
              onChoose: () => withdraw.mutate({ stepId: step.id }),
            },
          ]}
        />
      )}
    </li>
  );
}

/** When it is due, how long it is overdue, or when it was done. */
function When({ step: { dueOn, overdueDays, agreedOn, done } }: { step: JointStep }) {
  if (done)
    return (
      <span>
        done {dayInWords(done.on)}
        {done.by && ` by ${done.by}`}
      </span>
    );
  const due = dueOn ? `due ${dayInWords(dueOn)}` : "no due day";
  const agreed = agreedOn ? `Agreed on ${dayInWords(agreedOn)}, with an activity` : null;
  const said =
    overdueDays > 0 ? (
      <span className="inline-flex items-center gap-1 font-medium text-warn">
        <Icon name="alert" className="size-3" />
        {count(overdueDays, "day")} overdue, {due}
      </span>
    ) : (
      <span>{due}</span>
    );
  return agreed ? <Explained text={agreed}>{said}</Explained> : said;
}

/** Ticks a step off, or opens it again; shown at once. */
function useFinish({ what }: JointStep) {
  const me = useMe();
  const now = { on: me?.today ?? "", by: me?.user.name ?? "" };
  return useWrite("finishJointStep", {
    undo: true,
    said: (_, { done }) => (done === false ? `“${what}” is open again` : `“${what}” is done`),
    shows: ({ stepId, done }, show) =>
      show("deal", (deal) => ({
        ...deal,
        steps: deal.steps.map((one) =>
          one.id === stepId ? { ...one, overdueDays: 0, done: done === false ? null : now } : one,
        ),
      })),
  });
}
