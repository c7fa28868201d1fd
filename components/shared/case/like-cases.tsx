"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { api, type Outputs } from "@/lib/api/client";
import {
  type Choice,
  choicePhrase,
  contradicts,
  likenessSentence,
  usualSentence,
} from "@/lib/attribution/precedents";
import { dayInWords } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { Part } from "./part";

type Answer = Outputs["likeExceptions"];

const useLike = (exceptionId: string) =>
  useQuery(api.likeExceptions.queryOptions({ input: { exceptionId } })).data;

/** The like cases that were decided before, the closest first, each with why it is like. Nothing where there is none. */
export function LikeCases({ id }: { id: string }) {
  const answer = useLike(id);
  if (!answer || answer.like.length === 0) return null;
  const { like, of, usual } = answer;
  return (
    <Part
      title="Like cases decided before"
      aside={
        like.length < of && (
          <span className="text-ink-3 text-xs">
            {like.length} closest of {of}
          </span>
        )
      }
    >
      {usual && <p className="font-medium">{usualSentence(usual)}</p>}
      <ul className="mt-1 divide-y divide-line border-line border-y">
        {like.map((one) => (
          <li key={one.id} className="flex flex-col gap-0.5 py-1.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <Link
                href={`/exceptions?quarter=${one.quarter}&open=${encodeURIComponent(one.id)}`}
                className="underline underline-offset-2"
              >
                {one.account ?? one.dealId}
              </Link>
              <span className="font-medium">{capital(choicePhrase(one))}</span>
            </p>
            <p className="text-pretty text-ink-2 text-xs">
              {likenessSentence(answer.kind, answer.traits as Traits, one.shared)} {one.quarter}, on{" "}
              {dayInWords(one.settledOn)}
              {one.reason && <>: “{one.reason}”</>}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

type Traits = Parameters<typeof likenessSentence>[1];

/** Said while one decides: what is about to be decided goes against the like cases. */
export function Contradiction({ id, choice }: { id: string; choice: Choice }) {
  const answer: Answer | undefined = useLike(id);
  if (!answer?.usual || !contradicts(answer.usual, choice)) return null;
  return (
    <p role="status" className="text-pretty rounded-md bg-warn-soft px-3 py-2 text-warn">
      {usualSentence(answer.usual)} Decided otherwise, this one stands against them: say in the reason what
      makes it another.
    </p>
  );
}
