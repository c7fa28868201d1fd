"use client";

import { useState } from "react";
import { useRehearsal } from "@/components/shared/use-rehearsal";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { problemWords } from "@/components/ui/problem-words";
import { Skeleton } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { count } from "@/lib/text/words";

type Import = Outputs["importsList"]["imports"][number];

/** The second hand of a file's facts, by its digest, with what that would change. */
export function AcceptFile({ file }: { file: Import }) {
  const [isOpen, setOpen] = useState(false);
  const write = useWrite("acceptImport", {
    said: (_, __) => ({
      message: `${file.fileName} accepted`,
      detail: "Two people stand behind its facts now.",
    }),
    onDone: () => setOpen(false),
  });
  const input = { importId: file.id, sha256: file.sha256 ?? "" };
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)} aria-label={`Accept ${file.fileName}`}>
        Accept
      </Button>
      <Dialog
        title={`Accept ${file.fileName}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>Cancel</Button>
            <Button look="primary" isPending={write.isPending} onPress={() => write.mutate(input)}>
              Accept this file
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p className="text-ink-2">
            {file.importedBy ?? "The command line"} brought it. Accepting it, you say that its facts are as it
            says: a second person stands behind each of them. It cannot be taken back.
          </p>
          <dl>
            <dt className="eyebrow">SHA-256 of the file</dt>
            <dd className="break-all font-mono text-xs">{file.sha256}</dd>
          </dl>
          {isOpen && <WouldChange input={input} />}
        </div>
      </Dialog>
    </>
  );
}

function WouldChange({ input }: { input: { importId: string; sha256: string } }) {
  const { data, error } = useRehearsal("acceptImport", input);
  if (error) return <p className="text-danger">{problemWords(problemOf(error)).detail}</p>;
  if (!data?.answer) return <Skeleton className="my-0.5 w-64" />;
  const { facts, deals } = data.answer as { facts: number; deals: number };
  const looked = data.deals.length;
  const moved = data.deals.filter(
    ({ before, after }) =>
      before?.result.outcome !== after?.result.outcome || before?.result.evidence !== after?.result.evidence,
  ).length;
  const among = looked < deals ? ` of the first ${looked}` : "";
  return (
    <p aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
      <span className="font-medium">{count(facts, "fact")}</span> on {count(deals, "deal")} would be
      countersigned.{" "}
      {moved === 0
        ? `No deal's outcome or evidence changes${among}.`
        : `The outcome or evidence of ${count(moved, "deal")}${among} changes.`}
    </p>
  );
}
