"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe, useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";
import { AccountPasskeys } from "./account-passkeys";
import { AccountSignOn } from "./account-sign-on";
import { NoticeChoices } from "./notice-choices";
import { ROLE_DUTIES } from "./role-duties";

type Account = Outputs["account"];

/** Who one is here, the password that only oneself knows, and the browsers one is signed in with. */
export function AccountSettings() {
  const me = useMe();
  const answer = useQuery(api.account.queryOptions({ input: {} }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  const account = answer.data;
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Panel title="You">
        <p className="font-medium">{me?.user.name}</p>
        <p className="break-all text-ink-2">{account?.email ?? "…"}</p>
        {me && (
          <p className="mt-2 text-ink-2">
            {USER_ROLE_NAMES[me.user.role]}: {ROLE_DUTIES[me.user.role].toLowerCase()}. An admin changes names
            and roles.
          </p>
        )}
      </Panel>
      <Panel title="Password">
        {!account ? (
          <SkeletonRows rows={2} label="Loading your account" />
        ) : account.demo && !account.passwordOwn ? (
          <p className="text-ink-2">
            You are a person of the demo, whose password everybody can read. It signs, decides and freezes
            what is the demo’s own, and nothing else.
          </p>
        ) : (
          <Password account={account} />
        )}
      </Panel>
      {account && !account.demo && (
        <Panel title="Passkeys" id="passkeys">
          <AccountPasskeys passkeys={account.passkeys} hasPassword={account.passwordSetAt !== null} />
        </Panel>
      )}
      {account && (account.signOn.isSetUp || account.signOn.identities.length > 0) && (
        <Panel title="Your company’s sign-in" id="sign-on">
          <AccountSignOn signOn={account.signOn} hasPassword={account.passwordSetAt !== null} />
        </Panel>
      )}
      <Panel title="Notices" id="notices">
        <NoticeChoices />
      </Panel>
      <Panel
        title={account ? `Signed in with ${count(account.sessions.length, "browser")}` : "Signed in"}
        aside={account && account.sessions.length > 1 && <EndOthers account={account} />}
      >
        {account ? <Sessions account={account} /> : <SkeletonRows rows={2} label="Loading your sessions" />}
      </Panel>
    </div>
  );
}

function Password({ account }: { account: Account }) {
  const timeInWords = useTimeInWords();
  const change = useWrite("changePassword", {
    quiet: true,
    said: () => ({
      message: "Your password is changed",
      detail: "Every other browser of yours is signed out.",
    }),
    onDone: () => form.restart({ password: "", newPassword: "" }),
  });
  const form = useForm({
    start: { password: "", newPassword: "" },
    sent: ({ password, newPassword }) => (password && newPassword ? { password, newPassword } : null),
    write: change,
  });
  return (
    <>
      <p className="mb-3 text-pretty text-ink-2">
        {account.passwordSetAt ? `Set on ${timeInWords(account.passwordSetAt)}.` : "You have none yet."}{" "}
        {!account.passwordOwn &&
          "It was set in a browser in which an admin has signed in, so it counts for no signature: change it here, in a browser of your own."}
      </p>
      <Form
        form={form}
        label="Change your password"
        className="grid max-w-xl items-start gap-3.5 sm:grid-cols-2"
        foot={
          <div className="sm:col-span-2">
            <Button look="primary" type="submit" isPending={change.isPending} isDisabled={!form.ready}>
              Change password
            </Button>
          </div>
        }
      >
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          isRequired
          {...form.field("password")}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          isRequired
          note="At least 12 characters; a few words make a good one."
          {...form.field("newPassword")}
        />
      </Form>
    </>
  );
}

function Sessions({ account }: { account: Account }) {
  const timeInWords = useTimeInWords();
  const end = useWrite("endSessions", { said: () => "That browser is signed out" });
  return (
    <ul className="divide-y divide-line">
      {account.sessions.map(({ id, browser, origin, way, createdAt, seenAt, isThis }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2 font-medium">
              {browser}
              {isThis && <Chip tone="quiet">This one</Chip>}
            </p>
            <p className="text-ink-3 text-xs">
              From {origin}
              {way === "single_sign_on" && ", by single sign-on"}, since {timeInWords(createdAt)}; last used{" "}
              {timeInWords(seenAt)}
            </p>
          </div>
          {!isThis && (
            <Button
              size="small"
              look="quiet"
              aria-label={`Sign out ${browser}, since ${timeInWords(createdAt)}`}
              isPending={end.isPending}
              onPress={() => end.mutate({ sessions: [id] })}
            >
              Sign out
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function EndOthers({ account }: { account: Account }) {
  const others = account.sessions.filter(({ isThis }) => !isThis).map(({ id }) => id);
  const end = useWrite("endSessions", { said: () => "Every other browser is signed out" });
  return (
    <Button size="small" isPending={end.isPending} onPress={() => end.mutate({ sessions: others })}>
      Sign out everywhere else
    </Button>
  );
}
