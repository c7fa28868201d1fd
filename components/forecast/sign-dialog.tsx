"use client";

import { InPerson, NOT_SHOWN, withShown } from "@/components/shared/signing/in-person";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

/** Finance's signature over a week's commit, by the digest that is shown. */
export function SignDialog({
  week: { week, digest, commit, currency },
  onClose,
}: {
  week: Outputs["forecastWeeks"]["weeks"][number];
  onClose(): void;
}) {
  const sign = useWrite("signForecast", {
    quiet: true,
    said: () => `The week of ${dayInWords(week)} is signed`,
    onDone: onClose,
  });
  const form = useForm({
    start: NOT_SHOWN,
    sent: (shown) => withShown({ week, digest }, shown),
    write: sign,
  });
  return (
    <FormDialog
      form={form}
      title={`Sign the week of ${dayInWords(week)}`}
      save="Sign this commit"
      icon="stamp"
      onClose={onClose}
    >
      <p className="text-pretty">
        You sign <strong className="font-semibold">{formatMoney(commit.weighted, currency)}</strong> in
        commit, {count(commit.deals, "deal")} of {formatMoney(commit.amount, currency)}, as the week was
        taken. What comes of it is told beside it later. A signature cannot be taken back.
      </p>
      <p className="break-all font-mono text-2xs text-ink-3">{digest}</p>
      <InPerson form={form} verb="sign-forecast" input={{ week, digest }} />
    </FormDialog>
  );
}
