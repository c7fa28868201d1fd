"use client";

import { type ReactNode, useState } from "react";
import { LinkWaits } from "@/components/shared/by-link";
import { EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { saveFile } from "@/components/ui/save-file";
import { toldFacts } from "@/lib/attribution/told-facts";
import { DEAL_OUTCOME_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { LineAnswer } from "./line-answer";
import { type Line, postByLink, type Say, type StatementAnswer, useStatement } from "./use-statement";

/** What a partner sees of itself by its link: no shell, nobody signed in. */
export function StatementPage() {
  const { answer, problem, ask, say } = useStatement();
  return (
    <main className="mx-auto flex w-full max-w-4xl flex-col gap-6 px-5 py-8">
      <p className="flex items-center gap-2 text-ink-3 text-xs">
        <Mark className="size-5" />
        Countersign
      </p>
      {answer ? (
        <Statement answer={answer} say={say} />
      ) : (
        <LinkWaits problem={problem} dead={<Dead />} onRetry={ask} />
      )}
    </main>
  );
}

function Dead() {
  return (
    <div className="flex flex-col gap-2">
      <h1 className="font-semibold text-xl">This link no longer works</h1>
      <p className="text-ink-2">It is over or was ended. Ask whoever sent it for a new one.</p>
    </div>
  );
}

function Statement({ answer, say }: { answer: StatementAnswer; say: Say }) {
  const { company, partner, asOf, count: deals, lines, until, answers } = answer;
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">{partner}</h1>
          <p className="text-ink-2">
            {count(deals, "deal")} with {company}, as of {dayInWords(asOf)}
            {lines.length < deals && `; the latest ${lines.length} are here`}
          </p>
          {answers && (
            <p className="mt-1 max-w-2xl text-pretty text-ink-2">
              {answers.open
                ? `${answers.by}, please confirm what is right and contest what is not, until ${dayInWords(answers.until)}. What you confirm has your name behind it; what you contest, two people of ${company} decide.`
                : `Answers were taken until ${dayInWords(answers.until)}. Ask whoever sent this for a new link.`}
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 print:hidden">
          <PdfButton partner={partner} />
          <p className="text-ink-3 text-xs">This link works until {dayInWords(until)}.</p>
        </div>
      </header>
      {lines.length === 0 && <p className="text-ink-3">No deal yet.</p>}
      <ol className="divide-y divide-line border-line border-y">
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: no id leaves the house, and the list stands still
          <DealLine key={at} line={line}>
            {line.answer && (
              <LineAnswer
                line={line}
                types={answer.types}
                today={asOf}
                isOpen={answers?.open ?? false}
                say={say}
              />
            )}
          </DealLine>
        ))}
      </ol>
    </>
  );
}

/** The same statement to keep. */
function PdfButton({ partner }: { partner: string }) {
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const take = async () => {
    setState("busy");
    const found = await postByLink("pdf", {}).catch(() => null);
    if (!found?.ok) return setState("failed");
    saveFile(await found.blob(), `${partner} statement.pdf`);
    setState("ready");
  };
  return (
    <>
      <Button size="small" icon="export" isPending={state === "busy"} onPress={() => void take()}>
        PDF
      </Button>
      {state === "failed" && (
        <p role="alert" className="text-danger text-xs">
          It could not be made. Try again.
        </p>
      )}
    </>
  );
}

function DealLine({ line, children }: { line: Line; children: ReactNode }) {
  const { account, state, closedOn, createdOn, amount, outcome, evidence, why, missing } = line;
  return (
    <li className="flex flex-col gap-1 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-medium">{account ?? "A deal without an account"}</h2>
        <span className="inline-flex items-center gap-2">
          {amount && <Money amount={amount.amount} currency={amount.currency} />}
          <OutcomeBadge outcome={outcome} />
          {evidence && <EvidenceMark grade={evidence} />}
        </span>
      </div>
      <p className="text-ink-3 text-xs">
        {DEAL_OUTCOME_LABELS[state]} · {closedOn ? dayInWords(closedOn) : `since ${dayInWords(createdOn)}`}
      </p>
      <p className="text-ink-2">{why}</p>
      {missing && <p className="text-sm text-warn">{missing}</p>}
      <p className="text-ink-3 text-xs">{toldFacts(line)}</p>
      {children}
    </li>
  );
}
