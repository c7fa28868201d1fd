"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsBoolean, parseAsInteger, useQueryStates } from "nuqs";
import { useMe, useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { NOTICE_WORDS, type NoticeState } from "@/lib/metrics/notice-kinds";
import { count } from "@/lib/text/words";
import { NoticeWays } from "./notice-ways";

type Notice = Outputs["noticesList"]["notices"][number];

const PAGE = 100;
const PARAMS = { troubled: parseAsBoolean.withDefault(false), limit: parseAsInteger.withDefault(PAGE) };
const SHOWN = [
  { value: "all", label: "All" },
  { value: "troubled", label: "Not arrived" },
] as const;

/** What people were told or will be, by which way and why, and what kept it; and by what notices leave the house. */
export function NoticesSettings() {
  const me = useMe();
  const readsAll = me?.user.role === "admin" || me?.user.role === "auditor";
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <Told />
      {readsAll && <NoticeWays />}
    </div>
  );
}

function Told() {
  const kept = useMe()?.kept.noticeDays ?? 180;
  const [{ troubled, limit }, setParams] = useQueryStates(PARAMS, { history: "push" });
  const input = { troubled, limit: Math.min(500, Math.max(1, limit)) };
  const answer = useQuery({
    ...api.noticesList.queryOptions({ input }),
    placeholderData: keepPreviousData,
  });
  const data = answer.data;
  return (
    <Panel
      title={data && !data.all ? "What you are told" : "What people are told"}
      aside={
        <SegmentedControl
          label="Which notices"
          choices={SHOWN}
          value={troubled ? "troubled" : "all"}
          onChange={(shown) => setParams({ troubled: shown === "troubled" || null, limit: null })}
        />
      }
    >
      {answer.error ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !data ? (
        <SkeletonRows rows={6} label="Loading the notices" />
      ) : data.notices.length === 0 ? (
        <Nothing troubled={troubled} all={data.all} />
      ) : (
        <>
          <ul className="divide-y divide-line">
            {data.notices.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} withName={data.all} />
            ))}
          </ul>
          {data.more && (
            <Button className="mt-3" onPress={() => setParams({ limit: limit + PAGE })}>
              Show older
            </Button>
          )}
          {!data.more && (
            <p className="pt-3 text-ink-3 text-xs">
              What was told is kept for {kept} days; what it told of stays in the audit log.
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function Nothing({ troubled, all }: { troubled: boolean; all: boolean }) {
  if (troubled)
    return (
      <EmptyState icon="check" title="Everything arrived">
        What cannot be sent stands here, with why, and can be sent again.
      </EmptyState>
    );
  return (
    <EmptyState icon="note" title={all ? "Nobody was told anything yet" : "You were told nothing yet"}>
      When something waits for a person, because a role was proposed, a case given, a memo put up for
      signature, they are told; so they are on Monday of what their inbox holds. How, each chooses in{" "}
      <Link href="/settings/account" className="text-accent-ink underline underline-offset-2">
        Your account
      </Link>
      .
    </EmptyState>
  );
}

const STATE_CHIPS: Readonly<
  Record<NoticeState, { label: string; tone: "plain" | "quiet" | "warn" | "danger" | "dashed" }>
> = {
  waiting: { label: "Waits", tone: "dashed" },
  sent: { label: "Sent", tone: "quiet" },
  unwanted: { label: "Not wanted", tone: "plain" },
  no_way: { label: "Not sent", tone: "warn" },
  failed: { label: "Given up", tone: "danger" },
};

function NoticeRow({ notice, withName }: { notice: Notice; withName: boolean }) {
  const timeInWords = useTimeInWords();
  const again = useWrite("resendNotice", { said: () => "It is sent again within seconds" });
  const { state, kind, title, says, path, to, problem, attempts } = notice;
  const isRetried = state === "waiting" && problem !== null;
  const chip = isRetried ? { label: "Tried again", tone: "warn" as const } : STATE_CHIPS[state];
  const when = notice.sentAt
    ? `sent ${timeInWords(notice.sentAt)}`
    : state === "waiting"
      ? `${isRetried ? "next try" : "goes"} ${timeInWords(notice.dueAt)}`
      : `written ${timeInWords(notice.createdAt)}`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <Link href={path} className="break-words font-medium hover:text-accent-ink hover:underline">
            {title}
          </Link>
          <Chip tone={chip.tone}>{chip.label}</Chip>
        </p>
        <p className="break-words text-ink-2">{says}</p>
        <p className="tabular text-ink-3 text-xs">
          {NOTICE_WORDS[kind].label}
          {withName && `, to ${to.name}`}
          {state !== "unwanted" && `, ${notice.way === "chat" ? "in the chat" : "by mail"}`}, {when}
        </p>
        {problem && (
          <p className="break-words text-xs">
            <span className={state === "unwanted" ? "text-ink-3" : "text-danger"}>{problem}</span>
            {attempts > 1 && <span className="text-ink-3"> ({count(attempts, "try", "tries")})</span>}
          </p>
        )}
      </div>
      {state !== "sent" && state !== "unwanted" && (state !== "waiting" || isRetried) && (
        <GuardedButton
          size="small"
          because={notice.may.resend}
          aria-label={`Send again: ${title}`}
          isPending={again.isPending}
          onPress={() => again.mutate({ noticeId: notice.id })}
        >
          Send again
        </GuardedButton>
      )}
    </li>
  );
}
