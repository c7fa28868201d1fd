"use client";

import { Select } from "@/components/ui/select";
import { count } from "@/lib/text/words";
import type { SampleLine } from "./answers";

/** Which of several samples to look at, the newest first. */
export function SampleChoice({
  samples,
  open,
  onChoose,
}: {
  samples: readonly SampleLine[];
  open: string;
  onChoose(sampleId: string): void;
}) {
  return (
    <Select
      label="Sample"
      className="max-w-md print:hidden"
      value={open}
      choices={samples.map(({ id, seed, result, drawn, signedOff }) => ({
        value: id,
        label: `${count(result.of, "deal")}, “${seed}”, ${drawn.name}${signedOff ? ", signed off" : ""}`,
      }))}
      onChange={onChoose}
    />
  );
}
