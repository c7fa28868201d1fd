"use client";

import { useQuery } from "@tanstack/react-query";
import { useWrite } from "@/components/shared/use-write";
import { ErrorState } from "@/components/ui/error-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { NOTICE_WORDS, type NoticeChoice } from "@/lib/metrics/notice-kinds";

type Choices = Outputs["noticeChoices"];

const CHOICES: readonly { value: NoticeChoice; label: string }[] = [
  { value: "mail", label: "Mail" },
  { value: "chat", label: "Chat" },
  { value: "none", label: "None" },
];

/** How one is told of each kind of notice. */
export function NoticeChoices() {
  const answer = useQuery(api.noticeChoices.queryOptions({ input: {} }));
  const choose = useWrite("chooseNotice", {
    said: () => null,
    shows: ({ kind, choice }, show) =>
      show("noticeChoices", (now) => ({
        ...now,
        choices: now.choices.map((one) => (one.kind === kind ? { kind, choice } : one)),
      })),
  });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={8} label="Loading what you are told" />;
  return (
    <>
      <p className="mb-1 text-pretty text-ink-2">{waysInWords(answer.data)}</p>
      <ul className="divide-y divide-line">
        {answer.data.choices.map(({ kind, choice }) => (
          <li key={kind} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium">{NOTICE_WORDS[kind].label}</p>
              <p className="text-ink-3 text-xs">{NOTICE_WORDS[kind].definition}</p>
            </div>
            <SegmentedControl
              label={`${NOTICE_WORDS[kind].label}: how you are told`}
              choices={CHOICES}
              value={choice}
              onChange={(next) => choose.mutate({ kind, choice: next })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function waysInWords({ mail, channel }: Choices): string {
  const byMail = mail
    ? "Mail goes to your address."
    : "This house has no mail server yet, so no mail leaves.";
  const inChat = channel
    ? `Chat is posted in ${channel}, with your name; whoever reads there sees it.`
    : "No chat channel is set for you; an admin sets one in Settings, Notices.";
  return `${byMail} ${inChat} Nobody is told of what they did themselves.`;
}
