"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { policyAddress } from "@/components/shared/policy-address";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
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
  const [from, setFrom] = useState<string>(chosen ?? sources[0]?.id ?? "two_bucket");
  const [title, setTitle] = useState<string | null>(null);
  const isPreset = (MODELS as readonly string[]).includes(from);
  const proposed = isPreset
    ? MODEL_WORDS[from as Model].label
    : `${sources.find(({ id }) => id === from)?.title ?? "Policy"}, amended`;
  const start = useWrite("startDraft", {
    quiet: true,
    said: () => "Draft started",
    onDone: ({ answer }) => router.push(policyAddress(answer.policyId)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = (title ?? proposed).trim();
    start.mutate({ title: name, ...(isPreset ? { preset: from } : { from }) });
  };
  const choices = [
    ...sources.map(({ id, title: label, detail }) => ({ id, label, detail })),
    ...MODELS.map((model) => ({ id: model, label: MODEL_WORDS[model].label, detail: PRESET_WORDS[model] })),
  ];
  return (
    <Dialog
      title="Start a draft"
      isOpen
      onClose={onClose}
      notes="Nothing is judged by a draft until three people sign it."
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="start-draft" isPending={start.isPending}>
            Start draft
          </Button>
        </>
      }
    >
      <form id="start-draft" onSubmit={submit} className="flex flex-col gap-4">
        <RadioGroup
          aria-label="Begin from"
          value={from}
          onChange={(next) => setFrom(next)}
          className="flex flex-col gap-2"
        >
          {choices.map(({ id, label, detail }) => (
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
        <TextField label="Title" maxLength={120} isRequired value={title ?? proposed} onChange={setTitle} />
        {start.error && <ProblemLine error={start.error} />}
      </form>
    </Dialog>
  );
}
