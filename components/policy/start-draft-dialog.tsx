"use client";

import { useRouter } from "next/navigation";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { policyAddress } from "@/components/shared/policy-address";
import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { MODEL_WORDS } from "@/lib/attribution/words";

/** What each preset is for, in a sentence. */
const PRESET_WORDS: Readonly<Record<Model, string>> = {
  two_bucket:
    "Sourced or influenced and nothing in between: the shortest memo, and the one that finance reads fastest.",
  triple_tier:
    "Sourced, co-sell and influence apart; large sourced deals lose the word when monthly updates stop.",
  roi_buckets:
    "Sourced, accelerated or influenced: speed against comparable direct deals earns a bucket of its own.",
  lanes:
    "Every partner on a deal is in one of six lanes, and influence only counts within sixty days of the close.",
};

interface Source {
  id: string;
  label: string;
  detail: string;
}

const PRESETS: readonly Source[] = MODELS.map((model) => ({
  id: model,
  label: MODEL_WORDS[model].label,
  detail: PRESET_WORDS[model],
}));

/** Begins a draft from a preset, or from an earlier policy's text. */
export function StartDraftDialog({
  sources,
  chosen,
  onClose,
}: {
  /** Policies whose text a draft can begin from, the likeliest first. */
  sources: readonly { id: string; title: string; detail: string }[];
  /** The id to begin with. */
  chosen?: string;
  onClose(): void;
}) {
  const router = useRouter();
  const proposed = (from: string) =>
    PRESETS.find(({ id }) => id === from)?.label ??
    `${sources.find(({ id }) => id === from)?.title ?? "Policy"}, amended`;
  const form = useForm({
    start: { from: chosen ?? sources[0]?.id ?? "two_bucket", title: null as string | null },
    sent: ({ from, title }) => {
      const isPreset = PRESETS.some(({ id }) => id === from);
      const name = (title ?? proposed(from)).trim();
      return name ? { title: name, ...(isPreset ? { preset: from as Model } : { from }) } : null;
    },
    write: useWrite("startDraft", {
      quiet: true,
      said: () => "Draft started",
      onDone: ({ answer }) => router.push(policyAddress(answer.policyId)),
    }),
  });
  const title = form.field("title");
  return (
    <FormDialog
      form={form}
      title="Start a draft"
      save="Start draft"
      notes="Nothing is judged by a draft until three people sign it."
      onClose={onClose}
    >
      <SourceChoices
        sources={[...sources.map(({ title: label, ...rest }) => ({ ...rest, label })), ...PRESETS]}
        value={form.values.from}
        onChange={(from) => form.set({ from })}
      />
      <TextField
        label="Title"
        maxLength={120}
        isRequired
        {...title}
        value={title.value ?? proposed(form.values.from)}
      />
    </FormDialog>
  );
}

function SourceChoices({
  sources,
  value,
  onChange,
}: {
  sources: readonly Source[];
  value: string;
  onChange(id: string): void;
}) {
  return (
    <RadioGroup aria-label="Begin from" value={value} onChange={onChange} className="flex flex-col gap-2">
      {sources.map(({ id, label, detail }) => (
        <Radio
          key={id}
          value={id}
          className={
            "group flex cursor-default items-start gap-2.5 rounded-md border border-line-strong bg-surface px-3 py-2 hover:border-line-control " +
            "selected:border-accent selected:bg-accent-soft/50 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1"
          }
        >
          <span className="mt-0.75 flex size-3.5 shrink-0 items-center justify-center rounded-full border border-line-control bg-surface group-selected:border-accent">
            <span className="size-1.75 rounded-full bg-accent opacity-0 group-selected:opacity-100" />
          </span>
          <span className="leading-snug">
            <span className="font-medium">{label}</span>
            <span className="block text-pretty text-ink-2 text-xs">{detail}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
