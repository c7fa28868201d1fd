"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { CHAT_NAMES } from "@/lib/metrics/notice-kinds";

type Ways = Outputs["noticeWays"];

const AddChannelDialog = onDemand(() => import("./add-channel-dialog").then((m) => m.AddChannelDialog));

/** By what notices leave the house. Nothing does without being set here or where the server is started. */
export function NoticeWays() {
  const answer = useQuery(api.noticeWays.queryOptions({ input: {} }));
  const [isAdding, setAdding] = useState(false);
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={4} label="Loading by what notices leave" />;
  const { mailFrom, channels, may } = answer.data;
  return (
    <>
      <Panel title="Mail">
        <p className="text-pretty text-ink-2">
          {mailFrom
            ? `Mail is sent from ${mailFrom}, by the server that this app was started with.`
            : "No mail leaves: start the app with SMTP_URL and MAIL_FROM to have it sent."}
        </p>
      </Panel>
      <Panel
        title="Chat channels"
        aside={
          <GuardedButton size="small" icon="plus" because={may.edit} onPress={() => setAdding(true)}>
            Add channel
          </GuardedButton>
        }
      >
        <Channels channels={channels} mayEdit={may.edit} />
      </Panel>
      <Panel title="Links">
        <Address key={answer.data.address.set} ways={answer.data} />
      </Panel>
      {isAdding && <AddChannelDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function Channels({ channels, mayEdit }: { channels: Ways["channels"]; mayEdit: true | string }) {
  const remove = useWrite("removeChatChannel", { said: () => "Nothing is posted there any more" });
  if (channels.length === 0)
    return (
      <p className="text-pretty text-ink-2">
        None yet. A channel of Slack or Microsoft Teams gets the notices of whoever chose chat, through its
        incoming webhook.
      </p>
    );
  return (
    <ul className="divide-y divide-line">
      {channels.map(({ id, chat, name, team }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="break-words font-medium">{name}</p>
            <p className="text-ink-3 text-xs">
              {CHAT_NAMES[chat]}, for {team ? `the team ${team}` : "everybody whose team has none"}
            </p>
          </div>
          <GuardedButton
            size="small"
            look="quiet"
            because={mayEdit}
            aria-label={`Remove ${name}`}
            isPending={remove.isPending}
            onPress={() => remove.mutate({ channelId: id })}
          >
            Remove
          </GuardedButton>
        </li>
      ))}
    </ul>
  );
}

/** Where links in notices lead. */
function Address({ ways: { address, may } }: { ways: Ways }) {
  const mayEdit = may.edit === true;
  const form = useForm({
    start: { publicAddress: address.set ?? "" },
    sent: ({ publicAddress }) =>
      mayEdit && publicAddress.trim() !== (address.set ?? "")
        ? { publicAddress: publicAddress.trim() || null }
        : null,
    write: useWrite("editSettings", { quiet: true, said: () => "Links lead there from now on" }),
  });
  return (
    <Form
      form={form}
      label="Where links lead"
      className="flex max-w-xl flex-col gap-3"
      foot={
        mayEdit && (
          <div>
            <Button type="submit" isPending={form.isPending} isDisabled={!form.ready}>
              Save
            </Button>
          </div>
        )
      }
    >
      <TextField
        label="Address of this app"
        placeholder="https://sign.example.com"
        note={
          address.otherwise
            ? `Empty for ${address.otherwise}, with which it was started.`
            : "Empty, and notices hold no links."
        }
        isDisabled={!mayEdit}
        {...form.field("publicAddress")}
      />
    </Form>
  );
}
