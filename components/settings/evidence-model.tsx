"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";

const ModelDialog = onDemand(() => import("./model-dialog").then((m) => m.ModelDialog));

type Answer = Outputs["evidenceModel"];

/** The model that reads evidence besides the rules, where the company wants one. */
export function EvidenceModel() {
  const answer = useQuery(api.evidenceModel.queryOptions({ input: {} }));
  const [isNaming, setNaming] = useState(false);
  const remove = useWrite("removeEvidenceModel", { said: () => "No model reads any more" });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={2} label="Loading the model that reads" />;
  const { model, may } = answer.data;
  return (
    <Panel
      title="A model that reads evidence"
      aside={
        <>
          {model && (
            <GuardedButton
              size="small"
              because={may.keep}
              isPending={remove.isPending}
              onPress={() => remove.mutate({})}
            >
              Stop
            </GuardedButton>
          )}
          <GuardedButton size="small" because={may.keep} onPress={() => setNaming(true)}>
            {model ? "Change model" : "Name a model"}
          </GuardedButton>
        </>
      }
    >
      <p className="text-pretty text-ink-2">
        {model
          ? `${model.model} at ${model.address} reads what is handed in besides the rules. Its proposals are marked as a model’s and wait for a person as all others do; it sees no credit and sets none.`
          : "None: what is handed in is read by this installation’s own rules, and leaves it to nobody. A model may read the same files besides, at an address that you name; it proposes, and decides nothing."}
      </p>
      {model && <Fared answer={answer.data} />}
      {isNaming && <ModelDialog stands={model} onClose={() => setNaming(false)} />}
    </Panel>
  );
}

/** What became of the files that it was given last. */
function Fared({ answer: { waiting, latest } }: { answer: Answer }) {
  return (
    <>
      <p className="mt-3 text-ink-3 text-xs">
        {waiting === 0 ? "No file waits for it." : `${count(waiting, "file waits", "files wait")} for it.`}
      </p>
      {latest.length > 0 && (
        <ul aria-label="Files that it was given last" className="mt-1 divide-y divide-line">
          {latest.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
            <li key={at} className="py-2">
              <p className="break-words">
                <span className="font-medium">{one.file}</span>: {becameOf(one)}
              </p>
              {one.problem && <p className="break-words text-danger text-xs">{one.problem}.</p>}
              {one.dropped.map((why) => (
                <p key={why} className="break-words text-ink-3 text-xs">
                  Dropped: {why}.
                </p>
              ))}
              {one.sentSha256 && (
                <p className="break-all text-ink-3 text-xs">Sent, SHA-256 {one.sentSha256}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function becameOf({ state, proposed, dropped }: Answer["latest"][number]): string {
  if (state === "waiting") return "waits";
  if (state === "failed") return "was not read";
  const kept = proposed === 0 ? "nothing proposed" : `${count(proposed, "proposal")}`;
  return dropped.length === 0 ? kept : `${kept}, ${dropped.length} dropped`;
}
