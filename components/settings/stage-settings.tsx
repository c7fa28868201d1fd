"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { codeWords, count } from "@/lib/text/words";
import { knownStages, meaningOf, meaningsOf, stageFields, told, UNTOLD } from "./stage-mapping";

type Unmapped = Outputs["unmappedValues"]["values"][number];
interface Saved {
  name: string;
  mapping: Mapping;
}

/** Which stage of ours each of the CRM's is, by saved mapping; what imports met that nobody has told comes first. */
export function StageSettings() {
  const mappings = useQuery(api.mappingsList.queryOptions({ input: {} }));
  const unmapped = useQuery(api.unmappedValues.queryOptions({ input: {} }));
  const failed = mappings.error ?? unmapped.error;
  if (failed)
    return (
      <ErrorState
        error={failed}
        onRetry={() => {
          mappings.refetch();
          unmapped.refetch();
        }}
      />
    );
  if (!mappings.data || !unmapped.data) return <SkeletonRows rows={8} label="Loading the stages" />;
  const saved = mappings.data.mappings
    .flatMap(({ name, document }) => readMapping(document).map((mapping) => ({ name, mapping })))
    .filter(({ mapping }) => stageFields(mapping).length > 0);
  if (saved.length === 0)
    return (
      <EmptyState
        title="No stages are mapped yet"
        icon="import"
        action={
          <Link href="/import" className="text-accent-ink underline underline-offset-2">
            Import
          </Link>
        }
      >
        The import page asks once what each stage of your CRM means; saved under a name, that stands here, to
        be corrected.
      </EmptyState>
    );
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <p className="max-w-[70ch] text-pretty text-ink-2">
        A stage of the CRM that its mapping does not know refuses its rows. Counted are the imports of the
        last {unmapped.data.days} days; what is told here holds from the next file on.
      </p>
      {saved.map((one) => (
        <Stages key={one.name} saved={one} unmapped={unmapped.data.values} />
      ))}
    </div>
  );
}

/** One that was saved by rules that have changed since is corrected on the import page. */
function readMapping(document: unknown): Mapping[] {
  try {
    return [parseMapping(document)];
  } catch {
    return [];
  }
}

function Stages({ saved: { name, mapping }, unmapped }: { saved: Saved; unmapped: readonly Unmapped[] }) {
  const me = useMe();
  const save = useWrite("saveMapping", {
    said: () => `Stages of ${name} changed`,
    undo: true,
  });
  const fields = stageFields(mapping);
  // One row can be refused for its stage or for its outcome, never for both.
  const waiting = unmapped.filter(
    ({ kind, field, value }) =>
      kind === mapping.kind && fields.includes(field) && meaningOf(mapping, value) === UNTOLD,
  );
  const names = [...new Set(waiting.map(({ value }) => value))];
  const known = knownStages(mapping).filter((stage) => !names.includes(stage));
  const mean = (stage: string, meaning: string) =>
    save.mutate({ name, document: { ...told(mapping, stage, meaning) } });
  return (
    <Panel
      title={name}
      aside={<span className="text-ink-3 text-xs">files of {codeWords(mapping.kind)}</span>}
    >
      <ul className="divide-y divide-line">
        {[...names, ...known].map((stage) => (
          <Stage
            key={stage}
            stage={stage}
            mapping={mapping}
            waiting={waiting.filter(({ value }) => value === stage)}
            isDisabled={!mayEver(me, "import.run") || save.isPending}
            onMean={(meaning) => mean(stage, meaning)}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Stage({
  stage,
  mapping,
  waiting,
  isDisabled,
  onMean,
}: {
  stage: string;
  mapping: Mapping;
  /** What imports refused because of it. */
  waiting: readonly Unmapped[];
  isDisabled: boolean;
  onMean(meaning: string): void;
}) {
  const rows = waiting.reduce((sum, one) => sum + one.rows, 0);
  const files = Math.max(0, ...waiting.map((one) => one.files));
  return (
    <li className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-[minmax(0,1fr)_16rem]">
      <span className="min-w-0">
        <span className="font-medium">{stage}</span>
        {rows > 0 && (
          <span className="block text-warn text-xs">
            {count(rows, "row")} refused in {count(files, "file")}
          </span>
        )}
      </span>
      <Select
        label={`What “${stage}” means`}
        labelHidden
        value={meaningOf(mapping, stage)}
        choices={meaningsOf(mapping)}
        isDisabled={isDisabled}
        onChange={onMean}
      />
    </li>
  );
}
