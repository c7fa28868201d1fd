"use client";

import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useKeptText } from "@/components/ui/use-kept-text";
import { dayInWords } from "@/lib/text/days";
import { useDayOf } from "../use-me";
import type { ExceptionDetail } from "./answers";
import { choiceWords } from "./exception-words";
import { Part } from "./part";
import { useComment } from "./use-case-writes";

/** What somebody did, by the kind of the note. */
const DID: Readonly<Record<string, string>> = {
  opened: "opened it",
  closed_by_facts: "closed it: the facts were put right",
  owner: "changed the owner",
  deferred: "deferred it",
  deputy: "named a deputy",
  voted: "decided for their side",
  decided: "settled it",
  withdrawn: "withdrew it",
};

export type Note = ExceptionDetail["discussion"][number];

/** "decided for their side"; of a comment, that they said it. */
export const noteVerb = ({ kind }: Pick<Note, "kind">) => DID[kind] ?? "said";

/** What a note tells beside what somebody said: names come with it, so that no text is searched for ids. */
export function noteWords({ kind, decision, partner, outcome, person, until, text }: Note): string {
  if (kind === "owner") return person ? `Owner: ${person.name}` : "No owner any more";
  if (kind === "deputy") return person ? `Deputy: ${person.name}` : "No deputy any more";
  if (kind === "deferred" && person && until) return `To ${person.name} until ${dayInWords(until)}`;
  if (decision === null) return text;
  const choice = choiceWords({ decision, partner, outcome });
  return text === "" ? choice : `${choice}: ${text}`;
}

/** What people said about it and what happened to it, oldest first, and room for a word. */
export function Discussion({ detail }: { detail: ExceptionDetail }) {
  const dayOf = useDayOf();
  const barred = detail.may.comment === true ? null : detail.may.comment;
  return (
    <Part title="Discussion">
      <ol className="flex flex-col gap-2.5">
        {detail.discussion.map((note) => (
          <li key={note.id} className={note.kind === "comment" ? undefined : "text-ink-2"}>
            <p className="text-ink-3 text-xs">
              <span className="font-medium text-ink-2">{note.by?.name ?? "Countersign"}</span>{" "}
              {DID[note.kind]} · <time dateTime={note.at}>{dayInWords(dayOf(note.at))}</time>
            </p>
            <p className="text-pretty">{noteWords(note)}</p>
          </li>
        ))}
      </ol>
      {barred === null && <Comment detail={detail} />}
    </Part>
  );
}

/** A word that is kept in this browser until it is said. */
function Comment({ detail }: { detail: ExceptionDetail }) {
  const draft = useKeptText(`comment.${detail.id}`);
  const comment = useComment();
  const text = draft.text.trim();
  const form = {
    failures: 0,
    unplaced: () => comment.error,
    submit: () => {
      if (text && !comment.isPending) comment.mutate({ detail, text }, { onSuccess: draft.drop });
    },
  };
  return (
    <Form form={form} className="mt-3 flex flex-col gap-2">
      <TextField
        label="Say something about this case"
        labelHidden
        lines={2}
        value={draft.text}
        onChange={draft.write}
        placeholder="Say something about this case"
      />
      {text && (
        <Button type="submit" size="small" className="self-end" isPending={comment.isPending}>
          Comment
        </Button>
      )}
    </Form>
  );
}
