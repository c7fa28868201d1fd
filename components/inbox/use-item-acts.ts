"use client";

import { useShell } from "@/components/shared/shell-actions";
import { useWrite } from "@/components/shared/use-write";
import type { Guard } from "@/components/ui/button";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { PLAY_DECISION_WORDS, PLAY_DECISIONS, type PlayDecision } from "@/lib/metrics/selling-play";
import type { InboxItem } from "./item-words";
import { withoutItem } from "./shown-at-once";

/** An answer to an item: the key it is on, and what it does. */
export interface Act {
  key: string;
  label: string;
  because: Guard;
  run(): void;
  /** Beside its answers, for every item alike. */
  aside?: "clock" | "people";
}

/** What opens over the page to answer an item. */
export interface Opened {
  what: "refuse" | "reject" | "tag" | "prove" | "putOff" | "give" | "play";
  item: InboxItem;
}

type Gap = Extract<InboxItem, { kind: "disputed" }>["settles"][number];

/** What can be done with each item: its answers, then to put it off, then to give it to somebody. */
export function useItemActs(open: (opened: Opened) => void): (item: InboxItem) => Act[] {
  const answersTo = useAnswersTo(open);
  const wake = useWrite("snoozeItem", {
    said: () => "Back in the inbox",
    shows: ({ kind, subjectId }, show) =>
      withoutItem(show, (one) => one.kind === kind && one.subjectId === subjectId),
  });
  return (item) => {
    const { kind, subjectId, snoozedUntil, mayGive } = item;
    const putOff = { key: "s", because: true, aside: "clock" } as const;
    return [
      ...answersTo(item),
      snoozedUntil
        ? { ...putOff, label: "Have it back", run: () => wake.mutate({ kind, subjectId, until: null }) }
        : { ...putOff, label: "Put off", run: () => open({ what: "putOff", item }) },
      ...(mayGive === true
        ? [
            {
              key: "d",
              label: "Give to somebody",
              because: true,
              aside: "people",
              run: () => open({ what: "give", item }),
            } as const,
          ]
        : []),
    ];
  };
}

const yes = (label: string, because: Guard, run: () => void): Act => ({ key: "y", label, because, run });

/** The answers to each item, of the verbs that there are; the item goes at once, and comes back when one is refused. */
function useAnswersTo(open: (opened: Opened) => void): (item: InboxItem) => Act[] {
  const { logActivity } = useShell();
  const answers = useAnswers();
  const log = (item: InboxItem, because: Guard): Act => ({
    ...{ key: "a", label: "Log activity", because },
    run: () => logActivity({ dealId: item.deal?.id, partnerId: item.partner?.id }),
  });
  const settle = (item: InboxItem, gap: Gap): Act => {
    if (gap.lacks === "updates") return log(item, gap.may);
    if (gap.lacks === "proof")
      return { key: "p", label: "Add proof", because: gap.may, run: () => open({ what: "prove", item }) };
    const { factId } = gap;
    if (gap.of === "registration") return yes("Approve", gap.may, () => answers.approve(factId));
    if (gap.of === "activity") return yes("Vouch", gap.may, () => answers.vouch(factId));
    return yes("Confirm", gap.may, () => answers.confirm(factId));
  };
  const opens = (
    item: InboxItem,
    { what, ...act }: Pick<Act, "key" | "label" | "because"> & Pick<Opened, "what">,
  ): Act => ({
    ...act,
    run: () => open({ what, item }),
  });
  return (item) => {
    switch (item.kind) {
      case "registration_waits":
        return [
          yes("Approve", item.may.decide, () => answers.approve(item.subjectId)),
          { key: "r", label: "Reject", because: item.may.decide, run: () => open({ what: "reject", item }) },
        ];
      case "row_waits":
        return [
          yes("Confirm", item.may.confirm, () => answers.confirm(item.subjectId)),
          { key: "r", label: "Refuse", because: item.may.refuse, run: () => open({ what: "refuse", item }) },
        ];
      case "role_asked":
        return rolesOn(item, answers, () => open({ what: "tag", item }));
      case "drifted":
        return sidesOf(item, answers.settle);
      case "introduction_waits":
        return [yes("Responded", item.may.keep, () => answers.respond(item.subjectId)), log(item, true)];
      case "loop_open":
        return [yes("Looped back", item.may.keep, () => answers.loopBack(item.subjectId))];
      case "closing_undecided":
        return [
          { key: "t", label: "Name partner", because: item.may.tag, run: () => open({ what: "tag", item }) },
          noneOf(item.may.noPartner, () => answers.noPartner(item.subjectId)),
        ];
      case "step_overdue":
        return [yes("Done", item.may.finish, () => answers.finish(item.subjectId))];
      case "second_hand":
        return [yes("Vouch", item.may.vouch, () => answers.vouch(item.activityId))];
      case "disputed": {
        const gap = item.settles.find(({ may }) => may === true) ?? item.settles[0];
        return gap ? [settle(item, gap)] : [];
      }
      case "play_decides":
        return decisionsOn(item, answers.decide);
      case "silent":
        return [
          log(item, item.may.log),
          opens(item, { key: "f", label: "Start a play", because: item.may.play, what: "play" }),
        ];
      case "updates_short":
        return [log(item, item.may.log)];
      default:
        return [];
    }
  };
}

const noneOf = (because: Guard, run: () => void): Act => ({ key: "n", label: "No partner", because, run });

/** The likeliest role at one press, another by the form, or that nobody is involved where no row says otherwise. */
function rolesOn(
  item: Extract<InboxItem, { kind: "role_asked" }>,
  answers: ReturnType<typeof useAnswers>,
  onAnother: () => void,
): Act[] {
  const { role, may, deal } = item;
  const likely = {
    key: "y",
    label: ROLE_WORDS[role].label,
    because: may.name,
    run: () => answers.name(item),
  };
  const another = { key: "t", label: "Another role", because: may.name, run: onAnother };
  const none = noneOf(may.none, () => answers.noPartner(deal?.id ?? ""));
  return [likely, another, ...(may.none === true ? [none] : [])];
}

/** What the CRM says, or what stands here. */
const sidesOf = (
  item: Extract<InboxItem, { kind: "drifted" }>,
  settle: (item: Extract<InboxItem, { kind: "drifted" }>, take: "here" | "there") => void,
): Act[] => [
  { key: "y", label: "Take the CRM's", because: item.may.take, run: () => settle(item, "there") },
  { key: "n", label: "Keep ours", because: item.may.keep, run: () => settle(item, "here") },
];

/** The key of each decision about a play. */
const DECIDES = { continue: "y", park: "p", end: "n" } as const;

const decisionsOn = (
  item: Extract<InboxItem, { kind: "play_decides" }>,
  decide: (playId: string, decision: PlayDecision) => void,
): Act[] =>
  PLAY_DECISIONS.map((decision) => ({
    ...{ key: DECIDES[decision], label: PLAY_DECISION_WORDS[decision].label, because: item.may.decide },
    run: () => decide(item.subjectId, decision),
  }));

/** The writes that answer without a dialog. */
function useAnswers() {
  const said = useSaid();
  const approve = useWrite("decideRegistration", {
    said: () => "Registration approved",
    shows: ({ registrationId }, show) =>
      withoutItem(show, (one) => one.kind === "registration_waits" && one.subjectId === registrationId),
  });
  const confirm = useWrite("confirmRole", {
    undo: true,
    said: () => "Role confirmed",
    shows: ({ rowId }, show) =>
      withoutItem(show, (one) => one.kind === "row_waits" && one.subjectId === rowId),
  });
  const noPartner = useWrite("confirmNoPartner", {
    undo: true,
    said: () => "No partner involved",
    tried: () => "no partner involved",
    shows: ({ dealId }, show) =>
      withoutItem(
        show,
        (one) => one.deal?.id === dealId && (one.kind === "closing_undecided" || one.kind === "role_asked"),
      ),
  });
  const finish = useWrite("finishJointStep", {
    undo: true,
    said: () => "Step done",
    shows: ({ stepId }, show) =>
      withoutItem(show, (one) => one.kind === "step_overdue" && one.subjectId === stepId),
  });
  const vouch = useWrite("vouchActivity", {
    undo: true,
    said: () => "Vouched for",
    shows: ({ activityId }, show) =>
      withoutItem(show, (one) => one.kind === "second_hand" && one.activityId === activityId),
  });
  const respond = useWrite("answerIntroduction", {
    undo: ({ activityId }) => ({ verb: "answerIntroduction", input: { activityId, on: null } }),
    said: () => "Responded today",
    shows: ({ activityId }, show) =>
      withoutItem(show, (one) => one.kind === "introduction_waits" && one.subjectId === activityId),
  });
  const loopBack = useWrite("loopBack", {
    undo: ({ activityId }) => ({ verb: "loopBack", input: { activityId, on: null } }),
    said: () => "Looped back today",
    shows: ({ activityId }, show) =>
      withoutItem(show, (one) => one.kind === "loop_open" && one.subjectId === activityId),
  });
  const decide = useWrite("decidePlay", {
    undo: ({ playId }) => ({ verb: "decidePlay", input: { playId, decision: null } }),
    said: (_, { decision }) =>
      decision ? `The partner ${PLAY_DECISION_WORDS[decision].done}` : "It runs again",
    shows: ({ playId }, show) =>
      withoutItem(show, (one) => one.kind === "play_decides" && one.subjectId === playId),
  });
  return {
    ...said,
    decide: (playId: string, decision: PlayDecision) => decide.mutate({ playId, decision }),
    respond: (activityId: string) => respond.mutate({ activityId }),
    loopBack: (activityId: string) => loopBack.mutate({ activityId }),
    approve: (registrationId: string) => approve.mutate({ registrationId, status: "approved" }),
    confirm: (rowId: string) => confirm.mutate({ rowId }),
    noPartner: (dealId: string) => noPartner.mutate({ dealId }),
    finish: (stepId: string) => finish.mutate({ stepId }),
    vouch: (activityId: string) => vouch.mutate({ activityId }),
  };
}

/** What is said of a partner that no row names, and of what the CRM says otherwise. */
function useSaid() {
  const name = useWrite("tagPartner", {
    undo: true,
    said: (_, { role }) => `Named as ${ROLE_WORDS[role].label.toLowerCase()}`,
    shows: ({ dealId, partnerId }, show) =>
      withoutItem(show, (one) => one.kind === "role_asked" && one.subjectId === `${dealId}/${partnerId}`),
  });
  const settle = useWrite("settleDifference", {
    said: (_, { take }) => (take === "there" ? "Taken as the CRM says it" : "Ours stands"),
    shows: ({ connectionId, kind, key }, show) =>
      withoutItem(
        show,
        (one) => one.kind === "drifted" && one.subjectId === `${connectionId}/${kind}/${key}`,
      ),
  });
  return {
    name: ({ deal, partner, role, on }: Extract<InboxItem, { kind: "role_asked" }>) =>
      name.mutate({ dealId: deal!.id, partnerId: partner!.id, role, touchedOn: on }),
    settle: ({ connectionId, of, key }: Extract<InboxItem, { kind: "drifted" }>, take: "here" | "there") =>
      settle.mutate({ connectionId, kind: of, key, take }),
  };
}
