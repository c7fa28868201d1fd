"use client";

import { useEffect, useMemo, useState } from "react";
import { LinkWaits, useByLink } from "@/components/shared/by-link";
import { attemptSignIn } from "@/components/shared/session";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { useForm } from "@/components/ui/use-form";
import { Front } from "./front";

/** Whose a link is. */
interface LinkOwner {
  name: string;
  email: string;
}

const whose = (token: string) => () =>
  fetch("/api/set-password", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });

/** Where a link leads: a person sets the password that nobody else will know. */
export function SetPassword() {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => setToken(window.location.hash.slice(1)), []);
  const {
    found: owner,
    problem,
    ask,
  } = useByLink<LinkOwner>(useMemo(() => (token === null ? null : whose(token)), [token]));
  return (
    <Front>
      <section aria-labelledby="set-password-title" className="max-w-96">
        <h1 id="set-password-title" className="mb-1 font-semibold text-xl">
          Set your password
        </h1>
        {owner && token ? (
          <Fields owner={owner} token={token} />
        ) : (
          <LinkWaits problem={problem} dead={<Dead />} onRetry={ask} />
        )}
      </section>
    </Front>
  );
}

function Dead() {
  return (
    <div className="flex flex-col gap-3">
      <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
        This link no longer works.
      </p>
      <p className="text-ink-2">
        A link works once and for a day, and a newer one replaces it. If you have set a password,{" "}
        <a href="/sign-in" className="text-accent underline underline-offset-2">
          sign in
        </a>
        . If not, ask an admin of your company for a new link. If somebody else may have used it, tell them:
        the audit log says when and from where.
      </p>
    </div>
  );
}

function Fields({ owner, token }: { owner: LinkOwner; token: string }) {
  const [isShown, setShown] = useState(false);
  const [sending, setSending] = useState<{ isPending: boolean; error: unknown }>({
    isPending: false,
    error: null,
  });
  const form = useForm({
    start: { password: "" },
    sent: ({ password }) => (password ? { token, password } : null),
    write: {
      ...sending,
      mutate: async (sent, told) => {
        setSending({ isPending: true, error: null });
        const error = await setIt(sent).catch((thrown: unknown) => thrown);
        if (error) {
          setSending({ isPending: false, error });
          return told?.onError(error);
        }
        // The link is used up: whatever happens now, the password is set.
        const into = await attemptSignIn(owner.email, sent.password);
        window.location.assign(into === "in" ? "/" : "/sign-in");
      },
    },
  });
  return (
    <>
      <p className="mb-4 text-ink-2">
        {owner.name}, you will sign in as{" "}
        <strong className="break-all font-medium text-ink">{owner.email}</strong>. Nobody else learns what you
        enter here, your admin included.
      </p>
      <Form
        form={form}
        foot={
          <div className="flex flex-wrap items-center gap-3">
            <Button look="primary" type="submit" isPending={sending.isPending} isDisabled={!form.ready}>
              {sending.isPending ? "Setting…" : "Set and sign in"}
            </Button>
            <Button look="quiet" aria-pressed={isShown} onPress={() => setShown(!isShown)}>
              {isShown ? "Hide it" : "Show it"}
            </Button>
          </div>
        }
      >
        {/* So that a browser's own keeper of passwords knows whose this is. */}
        <input type="hidden" name="email" autoComplete="username" value={owner.email} readOnly />
        <TextField
          label="New password"
          type={isShown ? "text" : "password"}
          autoComplete="new-password"
          autoFocus
          isRequired
          note="At least 12 characters; a few words make a good one. Not your name or address, nor one thing over and over."
          {...form.field("password")}
        />
      </Form>
      <p className="mt-4 flex gap-2 text-ink-3 text-xs">
        <Icon name="lock" className="mt-px shrink-0" />
        Whoever signs a policy or freezes a quarter enters it again.
      </p>
    </>
  );
}

/** Sets it; what is thrown or answered is a problem as the forms know it. */
async function setIt(body: { token: string; password: string }): Promise<unknown> {
  const answer = await fetch("/api/set-password", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.ok) return null;
  const { ORPCError } = await import("@orpc/client");
  const problem = await answer.json();
  return new ORPCError(problem.code, { status: answer.status, message: problem.rule, data: problem });
}
