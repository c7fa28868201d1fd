"use client";

import { usePartnerChoices } from "@/components/shared/partner-choices";
import { useRehearsal } from "@/components/shared/use-rehearsal";
import { useWrite } from "@/components/shared/use-write";
import { ComboBox } from "@/components/ui/combo-box";
import { FormDialog } from "@/components/ui/form-dialog";
import { problemWords } from "@/components/ui/problem-words";
import { Skeleton } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import type { Inputs, Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { thousands } from "@/lib/text/numbers";
import { count, list, plural } from "@/lib/text/words";

const NOWHERE = { account: null, owner: null, onDeal: [] };
/** As many deals as a sentence bears by name. */
const NAMED = 6;

/** Says that another record is of this partner too, after showing which deals go along and which stay. */
export function MergeDialog({
  partner,
  onClose,
}: {
  partner: { id: string; name: string };
  onClose(): void;
}) {
  const { choices } = usePartnerChoices(NOWHERE);
  const others = choices?.filter(({ id }) => id !== partner.id);
  const nameOf = (id: string) => others?.find((one) => one.id === id)?.name ?? "The record";
  const form = useForm({
    start: { mergedId: null as string | null },
    sent: ({ mergedId }) => (mergedId ? { mergedId, intoId: partner.id } : null),
    write: useWrite("mergePartners", {
      quiet: true,
      undo: true,
      said: (_, { mergedId }) => `${nameOf(mergedId)} became ${partner.name}`,
      onDone: onClose,
    }),
  });
  const { mergedId } = form.values;
  return (
    <FormDialog
      form={form}
      title={`Merge another record into ${partner.name}`}
      save="Merge"
      notes="No outcome and no sum changes by it. The other record stays, points here, and is offered no more."
      onClose={onClose}
    >
      <ComboBox
        label="The other record"
        noun="partner"
        placeholder="Type a name"
        autoFocus
        items={others}
        {...form.field("mergedId")}
      />
      <MergeEffect input={mergedId ? { mergedId, intoId: partner.id } : null} into={partner.name} />
    </FormDialog>
  );
}

type Merged = Outputs["mergePartners"]["answer"];

/** What the merge would do, by the merge itself on trial. */
function MergeEffect({ input, into }: { input: Inputs["mergePartners"] | null; into: string }) {
  const effect = useRehearsal("mergePartners", input);
  const answer = effect.data?.answer as Merged | null | undefined;
  return (
    <div aria-live="polite" className="min-h-9 rounded-md bg-sunken px-3 py-2 text-xs">
      {input === null ? (
        <p className="text-ink-3">Choose the other record to see what goes along.</p>
      ) : effect.error ? (
        <p className="text-danger">{problemWords(problemOf(effect.error)).detail}</p>
      ) : !answer ? (
        <Skeleton className="my-0.5 w-48" />
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-2">
          {linesOf(answer, into).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function linesOf({ moved, apart, closed, contacts }: Merged, into: string): string[] {
  return [
    moved.length > 0
      ? `${count(moved.length, "open deal")} ${plural(moved.length, "names", "name")} ${into} from now on: ${namesOf(moved)}.`
      : "No open deal goes along.",
    ...(apart.length > 0
      ? [
          `${count(apart.length, "open deal")} ${plural(apart.length, "stays", "stay")} as ${plural(apart.length, "it is", "they are")}, ` +
            `since both stand there, a case is about one, or together they would be judged otherwise: ${namesOf(apart)}.`,
        ]
      : []),
    ...(closed > 0
      ? [
          `${count(closed, "closed deal")} ${plural(closed, "keeps", "keep")} the record that ${plural(closed, "it was", "they were")} closed with, and ${plural(closed, "stands", "stand")} on this page all the same.`,
        ]
      : []),
    ...(contacts > 0 ? [`${count(contacts, "contact")} ${plural(contacts, "goes", "go")} along.`] : []),
  ];
}

function namesOf(deals: Merged["moved"]): string {
  const named = deals.slice(0, NAMED).map(({ account }) => account ?? "a deal without an account");
  const more = deals.length - named.length;
  return list(more > 0 ? [...named, `${thousands(more)} more`] : named);
}
