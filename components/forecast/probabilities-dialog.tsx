"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWrite } from "@/components/shared/use-write";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { STAGES } from "@/lib/attribution/vocabulary";
import { STAGE_WORDS } from "@/lib/attribution/words";
import { formatMoney } from "@/lib/money";
import type { Forecast } from "./forecast-params";

/** Whole percent as somebody types it; null while it is none. */
const percentOf = (text: string) =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= 100 ? Number(text) : null;
const fieldOf = (stage: number) => `stage${stage}`;

/** At which probability each stage is in commit; what a change makes of it is shown before it is kept. */
export function ProbabilitiesDialog({ forecast, onClose }: { forecast: Forecast; onClose(): void }) {
  return forecast.may.setProbabilities === true ? (
    <Change forecast={forecast} onClose={onClose} />
  ) : (
    <Dialog title="Stage probabilities" isOpen onClose={onClose}>
      <p className="text-ink-2">{forecast.may.setProbabilities}.</p>
      <ul className="divide-y divide-line">
        {STAGES.map((stage) => (
          <li key={stage} className="flex justify-between gap-4 py-1.5">
            <span>
              {stage} {STAGE_WORDS[stage].label}
            </span>
            <span className="tabular">{forecast.probabilities[stage]} %</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Change({ forecast, onClose }: { forecast: Forecast; onClose(): void }) {
  const set = useWrite("setStageProbabilities", {
    quiet: true,
    said: () => "Stage probabilities changed",
    undo: () => ({ verb: "setStageProbabilities", input: { probabilities: forecast.probabilities } }),
    onDone: onClose,
  });
  const read = (values: Record<string, string>) => {
    const percents = STAGES.map((stage) => percentOf(values[fieldOf(stage)]!));
    return percents.some((one) => one === null) ? null : (percents as number[]);
  };
  const form = useForm<Record<string, string>, { probabilities: number[] }>({
    start: Object.fromEntries(STAGES.map((stage) => [fieldOf(stage), `${forecast.probabilities[stage]}`])),
    check: (values) =>
      Object.fromEntries(
        STAGES.map((stage) => [
          fieldOf(stage),
          percentOf(values[fieldOf(stage)]!) === null ? "a whole number from 0 to 100" : null,
        ]),
      ),
    sent: (values) => {
      const probabilities = read(values);
      return probabilities && { probabilities };
    },
    write: set,
  });
  return (
    <FormDialog form={form} title="Stage probabilities" save="Change" onClose={onClose}>
      <p className="text-pretty text-ink-2">
        Percent of an open sourced deal that is in commit, by its stage. Weeks that were taken keep theirs.
      </p>
      <div className="grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-2">
        {STAGES.map((stage) => (
          <TextField
            key={stage}
            label={`${stage} ${STAGE_WORDS[stage].label}, %`}
            inputClassName="tabular text-right"
            inputProps={{ inputMode: "numeric" }}
            {...form.field(fieldOf(stage))}
          />
        ))}
      </div>
      <Effect forecast={forecast} probabilities={read(form.values)} />
    </FormDialog>
  );
}

/** The commit before and after, by the same question that the page asks. */
function Effect({ forecast, probabilities }: { forecast: Forecast; probabilities: number[] | null }) {
  const changes = probabilities?.some((one, stage) => one !== forecast.probabilities[stage]) ?? false;
  const after = useQuery({
    ...api.forecast.queryOptions({ input: { probabilities: probabilities ?? [], limit: 0 } }),
    enabled: changes,
    placeholderData: keepPreviousData,
  });
  if (!forecast.commit) return null;
  const shown = (weighted: number) => formatMoney(weighted, forecast.reportingCurrency);
  return (
    <p role="status" className="tabular">
      In commit: {shown(forecast.commit.weighted)}
      {changes && after.data?.commit && (
        <>
          {" → "}
          <strong className="font-semibold">{shown(after.data.commit.weighted)}</strong>
        </>
      )}
    </p>
  );
}
