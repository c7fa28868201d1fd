"use client";

import { useState } from "react";
import { useRehearsal } from "@/components/shared/use-rehearsal";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { problemWords } from "@/components/ui/problem-words";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Skeleton } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { capital, count, list, plural } from "@/lib/text/words";

type Import = Outputs["importsList"]["imports"][number];
type TakenBack = Outputs["takeBackImport"]["answer"];

/** Takes back what a file brought, with a look at what would go and what would stay. */
export function TakeBackFile({ file }: { file: Import }) {
  const [isOpen, setOpen] = useState(false);
  const write = useWrite("takeBackImport", {
    said: ({ answer }) => ({ message: `${file.fileName} taken back`, detail: `${inSum(answer, true)}.` }),
    onDone: () => setOpen(false),
  });
  const input = { importId: file.id };
  const { data, error } = useRehearsal("takeBackImport", isOpen ? input : null);
  const would = data?.answer as TakenBack | undefined;
  const doesNothing = would && would.removed + would.restored === 0;
  return (
    <>
      <Button
        size="small"
        look="quiet"
        onPress={() => setOpen(true)}
        aria-label={`Take back ${file.fileName}`}
      >
        Take back
      </Button>
      <Dialog
        title={`Take back ${file.fileName}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>Cancel</Button>
            <Button
              look="danger"
              isPending={write.isPending}
              isDisabled={!would || doesNothing}
              onPress={() => write.mutate(input)}
            >
              Take this file back
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p className="text-ink-2">
            Rows that only this file made go; rows that it changed are again what they were. What somebody
            changed since, what others rest on and what a close has locked stays. It cannot be undone, but the
            file can land again.
          </p>
          {error ? (
            <p className="text-danger">{problemWords(problemOf(error)).detail}</p>
          ) : would && data ? (
            <Would would={would} moved={data.touched} />
          ) : (
            <Skeleton className="my-0.5 w-64" />
          )}
        </div>
      </Dialog>
    </>
  );
}

/** What going back comes to: as it would, or once it has. */
function inSum({ removed, restored, stayed }: TakenBack, isDone: boolean): string {
  const [goes, go, stays, stay] = isDone
    ? ["went", "went", "stayed", "stayed"]
    : ["goes", "go", "stays", "stay"];
  const parts = [
    removed > 0 && `${count(removed, "row")} ${plural(removed, goes, go)}`,
    restored > 0 &&
      `${count(restored, "row")} ${plural(restored, "is again what it was", "are again what they were")}`,
    stayed > 0 ? `${count(stayed, "row")} ${plural(stayed, stays, stay)}` : `nothing ${stays}`,
  ];
  return capital(list(parts.filter((part) => part !== false)));
}

function Would({ would, moved }: { would: TakenBack; moved: number }) {
  const more = would.stayed - would.stays.length;
  return (
    <>
      <p aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
        <span className="font-medium">{inSum(would, false)}.</span>{" "}
        {moved > 0 && `${count(moved, "deal is", "deals are")} judged anew.`}
      </p>
      {would.stays.length > 0 && (
        <ScrollRegion label="Rows that stay" className="max-h-64 overflow-y-auto">
          <table className="w-full border-collapse text-left">
            <thead>
              <tr>
                <th scope="col" className="eyebrow py-1 font-medium">
                  Stays
                </th>
                <th scope="col" className="eyebrow py-1 pl-4 font-medium">
                  Because
                </th>
              </tr>
            </thead>
            <tbody>
              {would.stays.map(({ id, about, reason }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a deal's entries share its id, and the list never moves.
                <tr key={`${id} ${at}`} className="border-line border-t align-top">
                  <td className="py-1">{about}</td>
                  <td className="py-1 pl-4 text-ink-2">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {more > 0 && <p className="pt-2 text-ink-3">and {count(more, "row")} more</p>}
        </ScrollRegion>
      )}
    </>
  );
}
