"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { DateField, TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { dayInWords } from "@/lib/text/days";
import type { Line, Say } from "./use-statement";

/** What the partner says of a line: right, or not and why; and what it did that is not there. */
export function LineAnswer({
  line,
  types,
  today,
  isOpen,
  say,
}: {
  line: Line;
  types: readonly { type: string; label: string }[];
  today: string;
  /** Whether answers are taken. */
  isOpen: boolean;
  say: Say;
}) {
  const [asks, setAsks] = useState<"contest" | "update" | null>(null);
  const { sends, isPending, problem } = useSending(say, () => setAsks(null));
  const { key, seen, said } = line.answer!;
  const of = { line: key, seen };
  if (!isOpen && !said) return null;
  return (
    <div className="mt-1 flex flex-col gap-2 print:hidden">
      <div className="flex flex-wrap items-center gap-2">
        {said ? (
          <Said said={said} isOpen={isOpen}>
            <Button
              size="small"
              look="quiet"
              isPending={isPending}
              onPress={() => void sends("line", { ...of, back: true })}
            >
              Take it back
            </Button>
          </Said>
        ) : (
          <>
            <Button size="small" icon="check" isPending={isPending} onPress={() => void sends("line", of)}>
              Confirm
            </Button>
            <Button size="small" onPress={() => setAsks("contest")}>
              Contest
            </Button>
          </>
        )}
        {isOpen && line.state === "open" && (
          <Button size="small" look="quiet" icon="plus" onPress={() => setAsks("update")}>
            Log what you did
          </Button>
        )}
      </div>
      {asks === "contest" && (
        <Contest isPending={isPending} onSend={(contest) => void sends("line", { ...of, contest })} />
      )}
      {asks === "update" && (
        <Update
          types={types}
          today={today}
          isPending={isPending}
          onSend={(did) => void sends("update", { line: key, ...did })}
        />
      )}
      <Refused problem={problem} />
    </div>
  );
}

function Said({
  said,
  isOpen,
  children,
}: {
  said: NonNullable<NonNullable<Line["answer"]>["said"]>;
  isOpen: boolean;
  /** What takes it back. */
  children: ReactNode;
}) {
  return (
    <>
      <span className="inline-flex items-center gap-1.5 text-ink-2 text-sm">
        <Icon name={said.as === "confirmed" ? "check" : "alert"} className="size-3.5" />
        You {said.as} this on {dayInWords(said.on)}
      </span>
      {isOpen && said.undecided && children}
      {!said.undecided && <span className="text-ink-2 text-sm">Both sides have decided it.</span>}
    </>
  );
}

function Refused({ problem }: { problem: string | null }) {
  return (
    problem && (
      <p role="alert" className="text-danger text-xs">
        {problem}
      </p>
    )
  );
}

function useSending(say: Say, onDone: () => void) {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sends: (...of: Parameters<Say>) => Promise<void> = async (what, input) => {
    setPending(true);
    const why = await say(what, input);
    setPending(false);
    setProblem(why);
    if (why === null) onDone();
  };
  return { sends, isPending, problem };
}

function Contest({ isPending, onSend }: { isPending: boolean; onSend(contest: string): void }) {
  const [words, setWords] = useState("");
  return (
    <form
      className="flex max-w-2xl flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim()) onSend(words.trim());
      }}
    >
      <TextField
        label="What is not right"
        value={words}
        onChange={setWords}
        autoFocus
        isRequired
        className="grow"
      />
      <Button type="submit" look="primary" isDisabled={!words.trim()} isPending={isPending}>
        Contest
      </Button>
    </form>
  );
}

/** Stated until somebody of the house vouches for it. */
function Update({
  types,
  today,
  isPending,
  onSend,
}: {
  types: readonly { type: string; label: string }[];
  today: string;
  isPending: boolean;
  onSend(did: { type: string; occurredOn: string; proof: string }): void;
}) {
  const [type, setType] = useState<string | null>(null);
  const [occurredOn, setDay] = useState("");
  const [proof, setProof] = useState("");
  const ready = type !== null && occurredOn !== "" && /^https?:\/\//i.test(proof.trim());
  return (
    <form
      className="grid max-w-2xl items-end gap-2 sm:grid-cols-[1fr_10rem]"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend({ type, occurredOn, proof: proof.trim() });
      }}
    >
      <Select
        label="What you did"
        value={type}
        choices={types.map((one) => ({ value: one.type, label: one.label }))}
        onChange={setType}
        autoFocus
      />
      <DateField label="Day" max={today} value={occurredOn} onChange={setDay} />
      <TextField
        label="A link that shows it"
        value={proof}
        onChange={setProof}
        placeholder="https://"
        inputProps={{ inputMode: "url", autoComplete: "off", spellCheck: false }}
      />
      <Button type="submit" look="primary" isDisabled={!ready} isPending={isPending}>
        Log
      </Button>
    </form>
  );
}
