"use client";

import { InPerson, NOT_SHOWN, withShown } from "@/components/shared/signing/in-person";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";

/** The second hand: what is sealed and what it locks for good, then one's own password. */
export function FreezeDialog({ review, onClose }: { review: ReviewAnswer; onClose(): void }) {
  const { label } = review.quarter;
  const freeze = useWrite("freezeQuarter", {
    quiet: true,
    said: ({ answer }) => ({
      message: `${answer.quarter} is frozen`,
      detail: `${count(answer.closed, "closed deal")} sealed.`,
    }),
    onDone: onClose,
  });
  const form = useForm({
    start: NOT_SHOWN,
    sent: (shown) => withShown({ quarter: label }, shown),
    write: freeze,
  });
  return (
    <FormDialog form={form} title={`Freeze ${label}`} save={`Freeze ${label}`} icon="lock" onClose={onClose}>
      <p className="text-pretty">
        You freeze what {review.close.preparation?.by.name} prepared. Its deals, numbers, policy, costs,
        rates, exceptions, ask and minutes are sealed under one digest, and nobody can take that back.
      </p>
      <div>
        <p className="font-medium">From then on these are locked</p>
        <ul className="mt-1 list-disc pl-5 text-ink-2">
          <li>the fiscal year and the reporting currency, for every quarter</li>
          <li>
            what its {count(review.exceptions.grayShare.closed, "closed deal")} count as, here and in every
            other quarter
          </li>
          <li>its cases and their decisions; what was deferred goes to the quarter after it</li>
          <li>its costs and rates, its ask and its minutes</li>
        </ul>
        <p className="mt-1.5 text-ink-2">
          A later correction stands beside it, accepted by two, in the quarter that is under review then.
        </p>
      </div>
      <InPerson form={form} verb="freeze-quarter" input={{ quarter: label }} />
    </FormDialog>
  );
}
