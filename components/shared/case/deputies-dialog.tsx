"use client";

import { useQuery } from "@tanstack/react-query";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import type { ExceptionDetail } from "./answers";
import { SIDE_WORDS, SIDES } from "./exception-words";

type Answer = Outputs["deputies"];

/** Who decides in place of a side: of all its cases, or of one; each side names its own. */
export function DeputiesDialog({ detail, onClose }: { detail?: ExceptionDetail; onClose(): void }) {
  const { data } = useQuery(api.deputies.queryOptions({ input: {} }));
  // The form begins with whoever stands now, so it waits for them.
  return data ? (
    <Naming answer={data} detail={detail} onClose={onClose} />
  ) : (
    <span className="sr-only">
      <SkeletonRows rows={3} label="Loading the deputies" />
    </span>
  );
}

/** For "nobody any more". */
const NOBODY = "-";

function Naming({
  answer,
  detail,
  onClose,
}: {
  answer: Answer;
  detail: ExceptionDetail | undefined;
  onClose(): void;
}) {
  const { side, candidates, standing } = answer;
  const of = detail?.deputies.filter(({ forThisCase }) => forThisCase) ?? standing;
  const now = of.find((one) => one.side === side)?.person.id ?? NOBODY;
  const form = useForm({
    start: { userId: now },
    sent: ({ userId }) =>
      userId === now
        ? null
        : { userId: userId === NOBODY ? null : userId, ...(detail && { exceptionId: detail.id }) },
    write: useWrite("nameDeputy", {
      quiet: true,
      said: ({ answer: { deputy, side: own } }) => ({
        message: deputy
          ? `${deputy} decides in place of ${SIDE_WORDS[own].toLowerCase()}`
          : `Nobody decides in place of ${SIDE_WORDS[own].toLowerCase()} any more`,
        detail: detail ? `In this case: ${detail.account ?? detail.dealId}` : "In all of its cases",
      }),
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={detail ? "A deputy for this case" : "Deputies"}
      save="Name"
      notes="A deputy decides in a side's place where its own people cannot: never what they raised or recorded themselves, and never for both sides."
      onClose={onClose}
    >
      {!detail && <Standing standing={standing} />}
      {side ? (
        <Select
          label={`Decides in place of ${SIDE_WORDS[side].toLowerCase()}`}
          choices={[
            { value: NOBODY, label: "Nobody" },
            ...candidates.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.field("userId")}
        />
      ) : (
        <p className="text-ink-2">Finance names its deputy, and the head of partnerships theirs.</p>
      )}
    </FormDialog>
  );
}

function Standing({ standing }: Pick<Answer, "standing">) {
  return (
    <dl className="grid gap-2 sm:grid-cols-2">
      {SIDES.map((side) => {
        const deputy = standing.find((one) => one.side === side);
        return (
          <div key={side} className="rounded-md border border-line px-3 py-2">
            <dt className="text-ink-3 text-xs">{SIDE_WORDS[side]}</dt>
            <dd>
              {deputy ? (
                <>
                  <span className="font-medium">{deputy.person.name}</span>
                  <span className="block text-ink-3 text-xs">
                    named by {deputy.namedBy.name} on {dayInWords(deputy.namedOn)}
                  </span>
                </>
              ) : (
                <span className="text-ink-2">No deputy</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
