"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayEver, useDayOf, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { api } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";

/** Keeps a wish for the next amendment, wherever one is told to wait. */
export function WishForm({ label = "A wish for the next amendment" }: { label?: string }) {
  const me = useMe();
  const [text, setText] = useState("");
  const record = useWrite("recordLearning", {
    quiet: true,
    said: () => ({ message: "Kept as a learning", detail: "It is there when the amendment is drafted." }),
    onDone: () => setText(""),
  });
  if (!mayEver(me, "learning.record")) return null;
  const form = {
    failures: 0,
    unplaced: () => record.error,
    submit: () => {
      const wish = text.trim().replace(/\s+/g, " ");
      if (wish && !record.isPending) record.mutate({ text: wish });
    },
  };
  return (
    <Form form={form} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <TextField
          label={label}
          placeholder="What should the memo say next time?"
          value={text}
          onChange={setText}
          maxLength={2000}
          className="flex-1"
        />
        <Button type="submit" isPending={record.isPending}>
          Keep
        </Button>
      </div>
    </Form>
  );
}

/** What waits for the next amendment: wishes, and learnings of decided exceptions. */
export function Learnings() {
  const dayOf = useDayOf();
  const answer = useQuery(api.learningsList.queryOptions({ input: {} }));
  const learnings = answer.data?.learnings ?? [];
  return (
    <div className="flex flex-col gap-3">
      {learnings.length === 0 ? (
        <p className="text-ink-2">
          {answer.isPending
            ? "…"
            : "Nothing yet. Wishes and what exceptions teach are kept here for whoever drafts next."}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {learnings.map(({ id, text, quarter, source, recorded }) => (
            <li key={id} className="py-2">
              <p className="text-pretty">{text}</p>
              <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-ink-3 text-xs">
                <Chip tone="quiet">{source === "wish" ? "Wish" : `Exception ${source}`}</Chip>
                <span className="tabular">{quarter}</span>
                <span>
                  {recorded.name ?? "Somebody"}, {dayInWords(dayOf(recorded.at))}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <WishForm />
    </div>
  );
}
