"use client";

import { Effect } from "@/components/shared/effect";
import { stands } from "@/components/shared/stands";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { count, list, plural } from "@/lib/text/words";
import { EditProblem } from "./edit-problem";
import { answeredBy, type Involved, rowsOf, whyNot, withoutRow } from "./involved";

type Answer = Outputs["deal"];

/** Closes a deal. It asks one question, answered already as far as the facts go; the answer goes with the close. */
export function CloseDialog({
  answer,
  as,
  onTag,
  onClose,
}: {
  answer: Answer;
  as: "won" | "lost";
  onTag(): void;
  onClose(): void;
}) {
  const { deal, roles } = answer;
  const today = useMe()?.today;
  const isAnswered = deal.attributionConfirmed;
  const start: { closedOn: string; involved: Involved | null } = {
    closedOn: today ?? "",
    involved: isAnswered ? null : (answeredBy(answer) ?? (as === "lost" ? "unanswered" : null)),
  };
  const form = useForm({
    start,
    sent: (values) => closing(answer, as, values),
    write: useWrite("closeDeal", {
      quiet: true,
      said: () => `${deal.account ?? deal.id} closed as ${as}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Close ${deal.account ?? deal.id} as ${as}`}
      save={`Close ${as}`}
      problem={(error) => <EditProblem error={error} yours={`close as ${as}`} now={stands(answer)} />}
      onClose={onClose}
    >
      {!isAnswered && <WhoWasInvolved answer={answer} as={as} onTag={onTag} {...form.field("involved")} />}
      <p className="text-ink-2">
        {as === "won"
          ? "A close is not taken back: the role table and the amount, type, route and close day are locked, and what is recorded later earns no credit."
          : "A close is not taken back. What it locks changes by a correction only."}
      </p>
      <DateField
        label="Close day"
        min={deal.createdOn}
        max={today}
        className="max-w-44"
        {...form.field("closedOn")}
      />
      <Effect
        verb="closeDeal"
        input={form.ready ? closing(answer, as, form.values) : null}
        partnerName={(id) => roles.find(({ partner }) => partner.id === id)?.partner.name}
        unsaid={
          form.values.closedOn
            ? "Say who was involved to see how the deal will stand."
            : "Choose the close day to see how the deal will stand."
        }
      />
    </FormDialog>
  );
}

/** The write; null while the day or the answer is missing, or is not one's to give. */
function closing(
  answer: Answer,
  as: "won" | "lost",
  { closedOn, involved }: { closedOn: string; involved: Involved | null },
) {
  const { deal } = answer;
  if (!closedOn) return null;
  const write = { dealId: deal.id, version: deal.version, outcome: as, closedOn };
  if (deal.attributionConfirmed || involved === "unanswered") return write;
  if (involved === null || whyNot(answer, involved) !== null) return null;
  return { ...write, involved };
}

/** These partners, or none: one question before every close. A win waits for the answer (domain.md §8.3). */
function WhoWasInvolved({
  answer,
  as,
  value,
  onChange,
  onTag,
}: {
  answer: Answer;
  as: "won" | "lost";
  value: Involved | null;
  onChange(involved: Involved): void;
  onTag(): void;
}) {
  const rows = rowsOf(answer);
  const unnamed = withoutRow(answer);
  const because = value === null ? null : whyNot(answer, value);
  const tag = answer.may.tag;
  const waiting = rows.filter(({ confirmedOn }) => confirmedOn === null).length;
  const these = {
    value: "these" as const,
    label: list(rows.map(({ partner, role }) => `${partner.name}, ${ROLE_WORDS[role].label.toLowerCase()}`)),
    detail: `${count(waiting, "row")} ${plural(waiting, "waits", "wait")} for the AE: the close confirms ${plural(waiting, "it", "them")}`,
  };
  const none = {
    value: "none" as const,
    label: "No partner involved",
    detail: unnamed.length > 0 ? "Though somebody is on the deal" : "Nothing on the deal names one",
  };
  const unanswered = {
    value: "unanswered" as const,
    label: "Not answered now",
    detail: "It can be closed so; the reconciliation then asks again",
  };
  return (
    <section aria-label="Who was involved?" className="flex flex-col gap-2">
      <h3 className="font-medium">Who was involved?</h3>
      <RadioCards
        label="Who was involved?"
        value={value}
        onChange={onChange}
        choices={[rows.length > 0 ? these : none, ...(as === "lost" ? [unanswered] : [])]}
      />
      {unnamed.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
          <span className="min-w-0 flex-1">
            {list(unnamed.map(({ name }) => name))} {plural(unnamed.length, "is", "are")} on the deal, and no
            row says in which role.
          </span>
          <GuardedButton size="small" because={tag === true ? null : tag} onPress={onTag}>
            Tag partner
          </GuardedButton>
        </p>
      )}
      {because !== null && <p className="text-danger text-xs">{because}.</p>}
    </section>
  );
}
