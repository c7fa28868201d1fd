"use client";

import { useDraft } from "@/components/shared/use-draft";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { dayInWords } from "@/lib/text/days";
import type { ExceptionDetail } from "./answers";
import { Part } from "./part";
import { useComment } from "./use-case-writes";

/** What somebody did, by the kind of the note. */
const DID: Readonly<Record<string, string>> = {
  opened: "opened it",
  closed_by_facts: "closed it: the facts were put right",
  owner: "changed the owner",
  deferred: "deferred it",
  voted: "decided for their side",
  decided: "settled it",
};

/** What people said about it and what happened to it, oldest first, and room for a word. */
export function Discussion({ detail }: { detail: ExceptionDetail }) {
  const draft = useDraft(`comment.${detail.id}`, "");
  const comment = useComment();
  const barred = detail.may.comment === true ? null : detail.may.comment;
  const send = () => {
    const text = draft.text.trim();
    if (text && !comment.isPending) comment.mutate({ detail, text }, { onSuccess: draft.drop });
  };
  // What happened is written down with ids, which outlive names.
  const named = (text: string) =>
    Object.entries(detail.names.partners).reduce((said, [id, name]) => said.replaceAll(id, name), text);
  return (
    <Part title="Discussion">
      <ol className="flex flex-col gap-2.5">
        {detail.discussion.map((note) => (
          <li key={note.id} className={note.kind === "comment" ? undefined : "text-ink-2"}>
            <p className="text-ink-3 text-xs">
              <span className="font-medium text-ink-2">{note.by?.name ?? "Countersign"}</span>{" "}
              {DID[note.kind]} · <time dateTime={note.at}>{dayInWords(note.at.slice(0, 10))}</time>
            </p>
            <p className="text-pretty">{note.kind === "comment" ? note.text : named(note.text)}</p>
          </li>
        ))}
      </ol>
      {barred === null && (
        <form
          className="mt-3 flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            send();
          }}
        >
          <TextField
            label="Say something about this case"
            labelHidden
            lines={2}
            value={draft.text}
            onChange={draft.write}
            placeholder="Say something about this case"
          />
          {draft.text.trim() && (
            <Button type="submit" size="small" className="self-end" isPending={comment.isPending}>
              Comment
            </Button>
          )}
          {comment.error && <ProblemLine error={comment.error} />}
        </form>
      )}
    </Part>
  );
}
